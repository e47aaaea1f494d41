package oauth

import (
	"crypto/tls"
	"encoding/pem"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// TestSystemCertificates runs itself again: the system's certificates are read once a process. SSL_CERT_FILE is
// not looked at on macOS and Windows.
func TestSystemCertificates(t *testing.T) {
	const child = "VALETKEY_TEST_TLS"
	if address := os.Getenv(child); address != "" {
		if err := callRefresh(&Client{Provider: Provider{TokenEndpoint: address}}, nil); err != nil {
			t.Error(err)
		}
		return
	}
	pair, parsed := certificate(t, "localhost", time.Now().Add(24*time.Hour))
	address, _ := serveTLS(t, &tls.Config{Certificates: []tls.Certificate{pair}})
	file := filepath.Join(t.TempDir(), "roots.pem")
	roots := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: parsed.Raw})
	if err := os.WriteFile(file, roots, 0o600); err != nil {
		t.Fatal(err)
	}
	command := exec.Command(os.Args[0], "-test.run=^TestSystemCertificates$")
	command.Env = append(os.Environ(), child+"="+address, "SSL_CERT_FILE="+file)
	if output, err := command.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, output)
	}
}
