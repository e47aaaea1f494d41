package oauth1

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"valetkey/oauth"
)

// Requirements G84 to G89 and G99: the RFC's own examples, and three cases at least for each numbered paragraph of 3.4 to 3.6.

// paragraphCase is one request of testdata/rfc5849.json: base string and signature were made by another program.
type paragraphCase struct {
	Paragraph, Name         string
	Method, URL, Host, Type string
	Body                    *string
	More                    [][2]string
	SignatureMethod         SignatureMethod `json:"signature_method"`
	Secret, Token           *string
	TokenSecret             *string `json:"token_secret"`
	Realm                   string

	Base, Signature, Refused string
}

// The keys of the example in RFC 5849 3.1.
const (
	exampleKey, exampleSecret        = "9djdj82h48djs9d2", "j49sk3j29djd"
	exampleToken, exampleTokenSecret = "kkk9d7dh3k39sjv7", "dh893hdasih9"
)

var exampleStamp = stamp{time.Unix(137131201, 0), "7d8f3e4a"}

func readCases(t testing.TB) []paragraphCase {
	t.Helper()
	text, err := os.ReadFile("testdata/rfc5849.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []paragraphCase
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	return cases
}

func orElse(given *string, otherwise string) oauth.Secret {
	if given != nil {
		otherwise = *given
	}
	return oauth.NewSecret(otherwise)
}

func (c paragraphCase) client() *Client {
	return &Client{
		Provider: Provider{SignatureMethod: c.SignatureMethod, Realm: c.Realm},
		Key:      exampleKey, Secret: orElse(c.Secret, exampleSecret),
	}
}

func (c paragraphCase) credentials() Credentials {
	return Credentials{Token: orElse(c.Token, exampleToken), Secret: orElse(c.TokenSecret, exampleTokenSecret)}
}

func (c paragraphCase) parameters() (more []parameter) {
	for _, p := range c.More {
		more = append(more, parameter{p[0], p[1]})
	}
	return more
}

func (c paragraphCase) request(t testing.TB) *http.Request {
	t.Helper()
	request, err := http.NewRequest(c.Method, c.URL, nil)
	if c.Body != nil {
		request, err = http.NewRequest(c.Method, c.URL, strings.NewReader(*c.Body))
	}
	if err != nil {
		t.Fatal(err)
	}
	request.Method = c.Method // net/http makes GET of an empty one
	if c.Host != "" {
		request.Host = c.Host
	}
	if c.Type != "" {
		request.Header.Set("Content-Type", c.Type)
	}
	return request
}

var refusals5849 = map[string]error{
	"address": ErrRequest, "encoding": ErrEncoding, "plaintext": ErrPlaintext, "reserved": ErrReserved,
	"signature method": ErrSignatureMethod,
}

func TestRFC5849Paragraphs(t *testing.T) {
	counted := map[string]int{}
	for _, c := range readCases(t) {
		counted[c.Paragraph]++
		t.Run(c.Paragraph+"/"+c.Name, func(t *testing.T) {
			request := c.request(t)
			err := c.client().sign(request, c.credentials(), exampleStamp, c.parameters()...)
			if want := refusals5849[c.Refused]; !errors.Is(err, want) || (err == nil) != (c.Refused == "") {
				t.Fatalf("error = %v, want %v", err, want)
			}
			if err != nil {
				if request.Header.Get("Authorization") != "" {
					t.Error("a refused request is signed")
				}
				return
			}
			if base := baseOf(t, c, request); base != c.Base || strings.Count(base, "&") != 2 {
				t.Errorf("base string\n     %s\nwant %s", base, c.Base)
			}
			header := headerFields(t, request.Header.Get("Authorization"))
			if header["oauth_signature"] != c.Signature {
				t.Errorf("signature %s, want %s", header["oauth_signature"], c.Signature)
			}
			if _, sent := header["realm"]; sent != (c.Realm != "") || header["realm"] != c.Realm {
				t.Errorf("realm %q, want %q", header["realm"], c.Realm)
			}
		})
	}
	for paragraph, count := range counted {
		if count < 3 {
			t.Errorf("%s has %d cases, want three", paragraph, count)
		}
	}
}

// baseOf makes the base string from the parameters in the header that was made.
func baseOf(t testing.TB, c paragraphCase, request *http.Request) string {
	t.Helper()
	var protocol []parameter
	for name, value := range headerFields(t, request.Header.Get("Authorization")) {
		if name != "realm" && name != "oauth_signature" {
			protocol = append(protocol, parameter{name, value})
		}
	}
	uri, err := baseURI(request)
	if err != nil {
		t.Fatal(err)
	}
	all, err := collect(request, protocol)
	if err != nil {
		t.Fatal(err)
	}
	method := request.Method
	if method == "" {
		method = "GET"
	}
	return string(baseString(method, uri, all))
}

// walk is the example of RFC 5849 1.2: three requests of one client.
var walk = []struct {
	method, url, realm   string
	token, secret        string
	timestamp            int64
	nonce                string
	more                 []parameter
	signature, authorize string
}{
	{
		method: "POST", url: "https://photos.example.net/initiate", realm: "Photos",
		timestamp: 137131200, nonce: "wIjqoS",
		more:      []parameter{{"oauth_callback", "http://printer.example.com/ready"}},
		signature: "74KNZJeDHnMBp0EMJ9ZHt/XKycU=",
		authorize: `OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_signature_method="HMAC-SHA1", ` +
			`oauth_timestamp="137131200", oauth_nonce="wIjqoS", oauth_callback="http%3A%2F%2Fprinter.example.com%2Fready", ` +
			`oauth_signature="74KNZJeDHnMBp0EMJ9ZHt%2FXKycU%3D"`,
	}, {
		method: "POST", url: "https://photos.example.net/token", realm: "Photos",
		token: "hh5s93j4hdidpola", secret: "hdhd0244k9j7ao03", timestamp: 137131201, nonce: "walatlh",
		more:      []parameter{{"oauth_verifier", "hfdp7dh39dks9884"}},
		signature: "gKgrFCywp7rO0OXSjdot/IHF7IU=",
		authorize: `OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_token="hh5s93j4hdidpola", ` +
			`oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131201", oauth_nonce="walatlh", ` +
			`oauth_verifier="hfdp7dh39dks9884", oauth_signature="gKgrFCywp7rO0OXSjdot%2FIHF7IU%3D"`,
	}, {
		method: "GET", url: "http://photos.example.net/photos?file=vacation.jpg&size=original", realm: "Photos",
		token: "nnch734d00sl2jdk", secret: "pfkkdhi9sl3r4s00", timestamp: 137131202, nonce: "chapoH",
		signature: "MdpQcU8iPSUjWoN/UDMsK2sui9I=",
		authorize: `OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_token="nnch734d00sl2jdk", ` +
			`oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131202", oauth_nonce="chapoH", ` +
			`oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D"`,
	},
}

// TestG99Realm is RFC 5849 1.2 too: with a realm and without, the signature is the same.
func TestG99Realm(t *testing.T) {
	for _, step := range walk {
		for _, realm := range []string{step.realm, ""} {
			client := &Client{
				Provider: Provider{Realm: realm}, Key: "dpf43f3p2l4k3l03", Secret: oauth.NewSecret("kd94hf93k423kf44"),
			}
			request, err := http.NewRequest(step.method, step.url, nil)
			if err != nil {
				t.Fatal(err)
			}
			credentials := Credentials{Token: oauth.NewSecret(step.token), Secret: oauth.NewSecret(step.secret)}
			err = client.sign(request, credentials, stamp{time.Unix(step.timestamp, 0), step.nonce}, step.more...)
			want := step.authorize
			if realm == "" {
				want = strings.Replace(want, `realm="Photos", `, "", 1)
			}
			if got := request.Header.Get("Authorization"); err != nil || got != want {
				t.Errorf("%s: %v\n%s\n%s", step.url, err, got, want)
			}
		}
	}
}

// TestG88Key makes the key by hand.
func TestG88Key(t *testing.T) {
	for _, c := range []struct{ client, token, key string }{
		{"kd94hf93k423kf44", "", "kd94hf93k423kf44&"},
		{"", "", "&"},
		{"", "t", "&t"},
		{"c+/%=& ~é", "t+/%=& ~é", "c%2B%2F%25%3D%26%20~%C3%A9&t%2B%2F%25%3D%26%20~%C3%A9"},
	} {
		key := signatureKey(oauth.NewSecret(c.client), oauth.NewSecret(c.token))
		if string(key) != c.key {
			t.Errorf("key %s, want %s", key, c.key)
		}
		mac := hmac.New(sha1.New, []byte(c.key))
		mac.Write([]byte("GET&x&y"))
		want := base64.StdEncoding.EncodeToString(mac.Sum(nil))
		if got, err := HMACSHA1.signature(key, []byte("GET&x&y")); err != nil || got != want {
			t.Errorf("signature %s, want %s, %v", got, want, err)
		}
	}
}
