package oauth

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// certificate makes one for a host name or 127.0.0.1, signed by itself and good for a day around until.
func certificate(t *testing.T, host string, until time.Time) (tls.Certificate, *x509.Certificate) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{host}, NotBefore: until.Add(-24 * time.Hour), NotAfter: until,
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, parsed
}

// serveTLS starts a provider on localhost and counts the requests it gets.
func serveTLS(t *testing.T, config *tls.Config) (address string, requests *atomic.Int32) {
	t.Helper()
	requests = &atomic.Int32{}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		answer(200, goodAnswer("", ""))(w, r)
	}))
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // refused handshakes are what is asked for
	server.TLS = config
	server.StartTLS()
	t.Cleanup(server.Close)
	return strings.Replace(server.URL, "127.0.0.1", "localhost", 1), requests
}

func TestCertificates(t *testing.T) {
	tomorrow := time.Now().Add(24 * time.Hour)
	tests := map[string]struct {
		host    string
		until   time.Time
		trusted bool
		version uint16
		text    string // "" means that it works
	}{
		"trusted":           {"localhost", tomorrow, true, 0, ""},
		"trusted, TLS 1.2":  {"localhost", tomorrow, true, tls.VersionTLS12, ""},
		"signed by itself":  {"localhost", tomorrow, false, 0, "certificate signed by unknown authority"},
		"of another name":   {"id.example", tomorrow, true, 0, "certificate is valid for id.example, not localhost"},
		"expired":           {"localhost", time.Now().Add(-time.Hour), true, 0, "certificate has expired"},
		"TLS 1.1 at most":   {"localhost", tomorrow, true, tls.VersionTLS11, "protocol version"},
		"expired and wrong": {"id.example", time.Now().Add(-time.Hour), false, 0, "certificate"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			pair, parsed := certificate(t, test.host, test.until)
			address, requests := serveTLS(t, &tls.Config{
				Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS10, MaxVersion: test.version})
			transport := DefaultTransport().Clone()
			defer transport.CloseIdleConnections()
			transport.TLSClientConfig.RootCAs = x509.NewCertPool()
			if test.trusted {
				transport.TLSClientConfig.RootCAs.AddCert(parsed)
			}
			if test.text == "" {
				client := &Client{Provider: Provider{TokenEndpoint: address}, Transport: transport}
				if err := callRefresh(client, nil); err != nil || requests.Load() != 1 {
					t.Errorf("error = %v, %d requests", err, requests.Load())
				}
				return
			}
			failure := refreshAt(t, address, transport)
			if failure.Sent || !strings.Contains(failure.Error(), test.text) {
				t.Errorf("sent = %v, %v; want not sent and %q", failure.Sent, failure, test.text)
			}
			if requests.Load() != 0 {
				t.Error("the server got a request")
			}
		})
	}
}
