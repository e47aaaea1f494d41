package oauth

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// refreshAt tries one refresh and gives how it failed.
func refreshAt(t *testing.T, endpoint string, transport http.RoundTripper) *TransportError {
	t.Helper()
	client := &Client{Provider: Provider{TokenEndpoint: endpoint}, ClientID: "app", Transport: transport}
	_, err := client.Refresh(t.Context(), NewSecret(testRefresh))
	checkClean(t, err)
	failure, ok := errors.AsType[*TransportError](err)
	if !ok {
		t.Fatalf("error = %#v, want a TransportError", err)
	}
	return failure
}

// listen accepts connections and hands each to one function.
func listen(t *testing.T, serve func(net.Conn)) (address string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			serve(connection)
			connection.Close()
		}
	}()
	return listener.Addr().String()
}

func TestWhatWasSent(t *testing.T) {
	read := func(c net.Conn) { c.Read(make([]byte, 4096)) }
	hangUp := listen(t, read)
	reset := listen(t, func(c net.Conn) { read(c); c.(*net.TCPConn).SetLinger(0) })
	rubbish := listen(t, func(c net.Conn) { read(c); c.Write([]byte(testBody + "\r\n\r\n")) })
	closed := closedPort(t)
	resolver := func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.DNSError{Err: "no such host", Name: "id.example", IsNotFound: true}
	}
	tests := map[string]struct {
		endpoint  string
		transport http.RoundTripper
		sent      bool
		text      string
	}{
		"nobody listens":     {"http://" + closed + "/?x=" + testBody, nil, false, "connection refused"},
		"nobody, with TLS":   {"https://" + closed, nil, false, "connection refused"},
		"no such host":       {"https://id.example/t?x=" + testBody, &http.Transport{DialContext: resolver}, false, "no such host"},
		"plain HTTP for TLS": {"https://" + rubbish, nil, false, "connection failed"},
		"it hangs up":        {"http://" + hangUp + "/?x=" + testBody, nil, true, "EOF"},
		"it resets":          {"http://" + reset, nil, true, "reset"},
		"it is not HTTP":     {"http://" + rubbish, nil, true, "connection failed"},
		"a transport that tells nothing": {"https://id.example", roundTripper(func(*http.Request) (*http.Response, error) {
			return nil, errors.New(testBody)
		}), true, "connection failed"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			failure := refreshAt(t, test.endpoint, test.transport)
			if failure.Sent != test.sent || !strings.Contains(failure.Error(), test.text) {
				t.Errorf("sent = %v, %v; want %v and %q", failure.Sent, failure, test.sent, test.text)
			}
		})
	}
}

func TestTimeouts(t *testing.T) {
	silent := listen(t, func(c net.Conn) {
		c.SetDeadline(time.Now().Add(time.Minute))
		c.Read(make([]byte, 1<<16))
		c.Read(make([]byte, 1))
	})
	transport := DefaultTransport().Clone()
	transport.TLSHandshakeTimeout = time.Millisecond
	failure := refreshAt(t, "https://"+silent, transport)
	if failure.Sent || !errors.Is(failure, os.ErrDeadlineExceeded) {
		t.Errorf("a silent TLS server: sent = %v, %v", failure.Sent, failure)
	}
}

func TestCauseCanBeAsked(t *testing.T) {
	if failure := refreshAt(t, "http://"+closedPort(t), nil); !errors.Is(failure, syscall.ECONNREFUSED) {
		t.Errorf("%v is not a refused connection", failure)
	}
}

func TestLocalhostIsLoopback(t *testing.T) {
	for _, address := range []string{"127.0.0.1:0", "[::1]:0"} {
		listener, err := net.Listen("tcp", address)
		if err != nil {
			continue // this machine has no such address
		}
		go func() {
			connection, err := listener.Accept()
			if err == nil {
				connection.Close()
			}
		}()
		_, port, _ := net.SplitHostPort(listener.Addr().String())
		connection, err := dial(t.Context(), "tcp", "LocalHost:"+port)
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		if got := connection.RemoteAddr().String(); got != listener.Addr().String() {
			t.Errorf("connected to %s, want %s", got, listener.Addr())
		}
		connection.Close()
		listener.Close()
	}
}

func TestDefaultTransport(t *testing.T) {
	transport := DefaultTransport()
	if transport.TLSClientConfig.MinVersion != tls.VersionTLS12 || transport.TLSClientConfig.InsecureSkipVerify {
		t.Error("TLS is weaker than 1.2 or not verified")
	}
	if transport != DefaultTransport() {
		t.Error("connections are not shared")
	}
}

// TestProxy runs itself again with the environment set: net/http reads it once a process.
func TestProxy(t *testing.T) {
	const child = "VALETKEY_TEST_PROXY"
	if os.Getenv(child) != "" {
		inProxyChild(t)
		return
	}
	refusing := serve(t, answer(http.StatusProxyAuthRequired, testBody))
	for name, proxy := range map[string]string{"refusing": refusing.URL, "dead": "http://" + closedPort(t)} {
		command := exec.Command(os.Args[0], "-test.run=^TestProxy$", "-test.v")
		command.Env = append(os.Environ(), child+"="+name, "HTTPS_PROXY="+proxy, "HTTP_PROXY="+proxy, "NO_PROXY=", "no_proxy=")
		if output, err := command.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, output)
		}
	}
}

func inProxyChild(t *testing.T) {
	provider := serve(t, answer(200, goodAnswer("", "")))
	if err := callRefresh(provider.client(), nil); err != nil {
		t.Errorf("loopback went through the proxy: %v", err)
	}
	switch os.Getenv("VALETKEY_TEST_PROXY") {
	case "refusing":
		if failure := refreshAt(t, "https://id.example/token", nil); failure.Sent || !strings.Contains(failure.Error(), "proxy refused") {
			t.Errorf("sent = %v, %v", failure.Sent, failure)
		}
	case "dead":
		if failure := refreshAt(t, "https://id.example/token", nil); failure.Sent || !strings.Contains(failure.Error(), "refused") {
			t.Errorf("sent = %v, %v", failure.Sent, failure)
		}
	}
}

// closedPort is an address where nobody listens.
func closedPort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}
