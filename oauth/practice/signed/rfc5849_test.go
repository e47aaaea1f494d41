package signed

import (
	"net/http"
	"strings"
	"testing"
)

// ask is a request as it stands in the RFC: method, address, Authorization, and a form if there is one.
func ask(t *testing.T, method, address, authorization, form string) (*http.Request, []byte) {
	t.Helper()
	r, err := http.NewRequest(method, address, strings.NewReader(form))
	if err != nil {
		t.Fatal(err)
	}
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	if form != "" {
		r.Header.Set("Content-Type", formType)
	}
	return r, []byte(form)
}

func read(t *testing.T, method, address, authorization, form string) *Request {
	t.Helper()
	r, body := ask(t, method, address, authorization, form)
	q, err := Read(r, body)
	if err != nil {
		t.Fatalf("%s %s: %v", method, address, err)
	}
	return q
}

// RFC 5849 1.2, and 3.1 with the signature of erratum 2550.
func TestThePublishedSignatures(t *testing.T) {
	for name, tc := range map[string]struct {
		method, address, authorization, form string
		clientSecret, tokenSecret            string
	}{
		"1.2 initiate": {
			"POST", "https://photos.example.net/initiate",
			`OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_signature_method="HMAC-SHA1",
			oauth_timestamp="137131200", oauth_nonce="wIjqoS", oauth_callback="http%3A%2F%2Fprinter.example.com%2Fready",
			oauth_signature="74KNZJeDHnMBp0EMJ9ZHt%2FXKycU%3D"`, "", "kd94hf93k423kf44", "",
		},
		"1.2 token": {
			"POST", "https://photos.example.net/token",
			`OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_token="hh5s93j4hdidpola",
			oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131201", oauth_nonce="walatlh", oauth_verifier="hfdp7dh39dks9884",
			oauth_signature="gKgrFCywp7rO0OXSjdot%2FIHF7IU%3D"`, "", "kd94hf93k423kf44", "hdhd0244k9j7ao03",
		},
		"1.2 photos": {
			"GET", "http://photos.example.net/photos?file=vacation.jpg&size=original",
			`OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_token="nnch734d00sl2jdk",
			oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131202", oauth_nonce="chapoH",
			oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D"`, "", "kd94hf93k423kf44", "pfkkdhi9sl3r4s00",
		},
		"3.1": {
			"POST", "http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b", strings.Replace(section341, "SIGNATURE", "r6%2FTJjbCOr97%2F%2BUU0NsvSne7s5g%3D", 1),
			"c2&a3=2+q", "j49sk3j29djd", "dh893hdasih9",
		},
	} {
		q := read(t, tc.method, tc.address, strings.Join(strings.Fields(tc.authorization), " "), tc.form)
		if !q.Matches(tc.clientSecret, tc.tokenSecret) {
			got, err := q.Signature(tc.clientSecret, tc.tokenSecret)
			t.Errorf("%s: %q (%v) of %s", name, got, err, q.BaseString())
		}
		for _, wrong := range []string{tc.clientSecret + "x", ""} {
			if q.Matches(wrong, tc.tokenSecret) || q.Matches(tc.clientSecret, tc.tokenSecret+"x") {
				t.Errorf("%s: a wrong secret matches", name)
			}
		}
	}
}

const section341 = `OAuth realm="Example", oauth_consumer_key="9djdj82h48djs9d2", oauth_token="kkk9d7dh3k39sjv7",
	oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131201", oauth_nonce="7d8f3e4a", oauth_signature="SIGNATURE"`

// RFC 5849 3.4.1.1, the whole string as it is printed there.
func TestThePublishedBaseString(t *testing.T) {
	q := read(t, "POST", "http://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b", strings.Join(strings.Fields(section341), " "), "c2&a3=2+q")
	want := "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D" +
		"%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1" +
		"%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7"
	if q.BaseString() != want {
		t.Errorf("got  %s\nwant %s", q.BaseString(), want)
	}
}
