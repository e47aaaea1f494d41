package oauth

import (
	"errors"
	"net"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// Requirements A1 to A6 of the door: where it listens, and when it refuses to.

// doorRedirects are the redirects of the three kinds, with any free port.
var doorRedirects = []string{"http://localhost:0/oauth/redirect", "http://127.0.0.1:0/oauth/redirect", "http://[::1]:0/oauth/redirect"}

func TestA01ListensOnLoopbackOnly(t *testing.T) {
	want := map[string][]string{
		doorRedirects[0]: {"127.0.0.1", "::1"}, doorRedirects[1]: {"127.0.0.1"}, doorRedirects[2]: {"::1"},
	}
	for redirect, addresses := range want {
		var bound []string
		listen := func(network, address string) (net.Listener, error) {
			listener, err := listenTCP(network, address)
			if err == nil {
				bound = append(bound, listener.Addr().(*net.TCPAddr).IP.String())
			}
			return listener, err
		}
		door, err := listenLoopback(redirect, listen, usualLimits)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(bound, addresses) {
			t.Errorf("%s listens on %v", redirect, bound)
		}
		door.Close()
	}
}

func TestA02LocalhostIsBothAddresses(t *testing.T) {
	for _, address := range []string{"127.0.0.1", "::1"} {
		d := openDoor(t, "http://localhost:0/oauth/redirect", usualLimits, kept)
		u := mustParseURL(t, d.genuine())
		u.Host = net.JoinHostPort(address, u.Port())
		if response, body := browse(t, u.String()); response.StatusCode != http.StatusOK || !strings.Contains(body, doorTitle) {
			t.Errorf("by %s: %s", address, response.Status)
		}
		<-d.finished
	}
}

func TestA02CallbacksOnBothAddressesAreOneAnswer(t *testing.T) {
	d := openDoor(t, "http://localhost:0/oauth/redirect", usualLimits, kept)
	statuses := make(chan int, 2)
	for _, address := range []string{"127.0.0.1", "::1"} {
		u := mustParseURL(t, d.genuine())
		u.Host = net.JoinHostPort(address, u.Port())
		go func() {
			response, err := noKeeping().Get(u.String())
			if err != nil {
				statuses <- 0 // it came when the door was closed already
				return
			}
			response.Body.Close()
			statuses <- response.StatusCode
		}()
	}
	got := []int{<-statuses, <-statuses}
	if err := <-d.finished; err != nil || d.exchanges.Load() != 1 || !slices.Contains(got, http.StatusOK) {
		t.Errorf("%d exchanges, statuses %v, %v", d.exchanges.Load(), got, err)
	}
}

// occupied holds an address on a port that is free on all the others, and gives the port.
func occupied(t *testing.T, network, address string) int {
	t.Helper()
	free, err := ListenLoopback("http://localhost:0/")
	if err != nil {
		t.Fatal(err)
	}
	port := mustParseURL(t, free.RedirectURI()).Port()
	free.Close()
	holder, err := net.Listen(network, net.JoinHostPort(address, port))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { holder.Close() })
	number, _ := strconv.Atoi(port)
	return number
}

func TestA03PortTakenOnEitherAddressIsRefused(t *testing.T) {
	for name, holder := range map[string]struct{ network, address, redirectHost, refused string }{
		"127.0.0.1":                   {"tcp4", "127.0.0.1", "localhost", "127.0.0.1"},
		"::1":                         {"tcp6", "::1", "localhost", "::1"},
		"every IPv4 address":          {"tcp4", "0.0.0.0", "localhost", "127.0.0.1"},
		"every IPv6 address":          {"tcp6", "::", "localhost", "::1"},
		"every address":               {"tcp", "", "localhost", "127.0.0.1"},
		"every address, literal IPv4": {"tcp", "", "127.0.0.1", "127.0.0.1"},
		"every address, literal IPv6": {"tcp6", "::", "[::1]", "::1"},
	} {
		t.Run(name, func(t *testing.T) {
			port := occupied(t, holder.network, holder.address)
			door, err := ListenLoopback("http://" + holder.redirectHost + ":" + strconv.Itoa(port) + "/oauth/redirect")
			var busy *PortBusyError
			if !errors.As(err, &busy) {
				if door != nil {
					door.Close()
				}
				t.Fatalf("%v", err)
			}
			if busy.Port != port || busy.Address != holder.refused || !strings.Contains(err.Error(), strconv.Itoa(port)) {
				t.Errorf("%v", err)
			}
			if other, err := net.Listen("tcp4", "127.0.0.1:"+strconv.Itoa(port)); holder.refused == "::1" && err != nil {
				t.Errorf("the address that was free stays bound: %v", err)
			} else if err == nil {
				other.Close()
			}
		})
	}
}

// TestA03BusyBesideIsFound is for systems that bind 127.0.0.1 although another program holds all addresses.
func TestA03BusyBesideIsFound(t *testing.T) {
	port := occupied(t, "tcp4", "127.0.0.1")
	_, err := listenTCP("tcp4", "127.0.0.1:"+strconv.Itoa(port))
	if !errors.Is(err, errOccupied) {
		t.Errorf("%v", err)
	}
}

func TestA03MissingIPv6IsTolerated(t *testing.T) {
	for _, missing := range []error{syscall.EADDRNOTAVAIL, syscall.EAFNOSUPPORT} {
		listen := func(network, address string) (net.Listener, error) {
			if network == "tcp6" {
				return nil, &net.OpError{Op: "listen", Err: os.NewSyscallError("bind", missing)}
			}
			return listenTCP(network, address)
		}
		door, err := listenLoopback("http://localhost:0/oauth/redirect", listen, usualLimits)
		if err != nil {
			t.Fatal(err)
		}
		door.Close()
		if _, err := listenLoopback("http://[::1]:0/oauth/redirect", listen, usualLimits); !errors.Is(err, missing) {
			t.Errorf("with no address left: %v", err)
		}
	}
}

func TestA03OtherTroubleIsRefused(t *testing.T) {
	listen := func(network, address string) (net.Listener, error) {
		if network == "tcp6" {
			return nil, os.NewSyscallError("bind", syscall.EACCES)
		}
		return listenTCP(network, address)
	}
	if _, err := listenLoopback("http://localhost:0/oauth/redirect", listen, usualLimits); !errors.Is(err, syscall.EACCES) {
		t.Errorf("%v", err)
	}
}

func TestA04LocalhostIsNeverLookedUp(t *testing.T) {
	for _, host := range []string{"localhost", "LOCALHOST"} {
		var asked []string
		listen := func(network, address string) (net.Listener, error) {
			asked = append(asked, network+" "+address)
			return nil, errors.New("no")
		}
		listenLoopback("http://"+host+":3003/oauth/redirect", listen, usualLimits)
		if want := []string{"tcp4 127.0.0.1:3003"}; !slices.Equal(asked, want) {
			t.Errorf("asked for %v", asked)
		}
		if got := loopbackAddresses(host); !slices.Equal(got, []string{"127.0.0.1", "::1"}) {
			t.Errorf("%s is %v", host, got)
		}
	}
}

func TestA05BrowserFasterThanTheWait(t *testing.T) {
	for range 100 {
		door, err := ListenLoopback("http://127.0.0.1:0/callback")
		if err != nil {
			t.Fatal(err)
		}
		body := make(chan string, 1)
		go func() { // approved at once: the browser is back before anybody waits
			_, text := browse(t, door.RedirectURI()+"?code=c&state="+doorState)
			body <- text
		}()
		redirection, err := door.Await(t.Context(), acceptDoorState)
		if err != nil {
			t.Fatal(err)
		}
		redirection.Answer(kept(nil))
		if text := <-body; !strings.Contains(text, doorTitle) {
			t.Fatalf("lost: %s", text)
		}
	}
}

func TestA06PortChoice(t *testing.T) {
	for _, redirect := range doorRedirects {
		first, err := ListenLoopback(redirect)
		if err != nil {
			t.Fatal(err)
		}
		second, err := ListenLoopback(redirect)
		if err != nil {
			t.Fatal(err)
		}
		one, two := mustParseURL(t, first.RedirectURI()), mustParseURL(t, second.RedirectURI())
		if one.Port() == "0" || one.Port() == two.Port() || one.Path != "/oauth/redirect" || one.Hostname() != mustParseURL(t, redirect).Hostname() {
			t.Errorf("%s became %s and %s", redirect, one, two)
		}
		second.Close()
		first.Close()
		fixed, err := ListenLoopback(one.String())
		if err != nil {
			t.Fatal(err)
		}
		if fixed.RedirectURI() != one.String() {
			t.Errorf("%s became %s", one, fixed.RedirectURI())
		}
		fixed.Close()
	}
}

func TestA06AnyPortIsFreeOnBothAddresses(t *testing.T) {
	refuse := 3
	listen := func(network, address string) (net.Listener, error) {
		if network == "tcp6" && refuse > 0 {
			refuse--
			return nil, os.NewSyscallError("bind", syscall.EADDRINUSE)
		}
		return listenTCP(network, address)
	}
	door, err := listenLoopback("http://localhost:0/", listen, usualLimits)
	if err != nil {
		t.Fatal(err)
	}
	door.Close()
}

func TestNotLoopback(t *testing.T) {
	for _, redirect := range []string{"https://keys.example/callback", "https://localhost:3003/", "http://example.com/", "http://0.0.0.0:3003/", "oob", "", "http://127.0.0.1:3003/#x"} {
		if door, err := ListenLoopback(redirect); !errors.Is(err, ErrNotLoopback) {
			t.Errorf("%q: %v, %v", redirect, door, err)
		}
	}
}
