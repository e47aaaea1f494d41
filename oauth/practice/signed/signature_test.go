package signed

import (
	"slices"
	"strings"
	"testing"
)

// RFC 5849 3.6.
func TestEncode(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "abcXYZ019-._~": "abcXYZ019-._~", " ": "%20", "+": "%2B", "/%=&": "%2F%25%3D%26", "é": "%C3%A9", "\x00\xff": "%00%FF",
		"!*'()": "%21%2A%27%28%29", "☃": "%E2%98%83", "\U0001F600": "%F0%9F%98%80",
	} {
		if got := Encode(text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
		if back, ok := decode(want); !ok || back != text {
			t.Errorf("%s is read as %q", want, back)
		}
	}
}

// Both secrets are encoded, and the & stands between them whatever they are. The values were made with openssl dgst.
func TestKey(t *testing.T) {
	for _, tc := range []struct{ method, clientSecret, tokenSecret, want string }{
		{"HMAC-SHA1", "", "", "Lsnbwy4+d/+bL6rhztMToWTVolA="},
		{"HMAC-SHA1", "a+/%=& ~é", "t&=", "07SXhzCoIwTXpnU7saYP3anM940="},
		{"HMAC-SHA256", "a+/%=& ~é", "t&=", "tndFxCFtVP9dGLndGtvKPpCrdIZIYHxFeKiITd7Xy/o="},
	} {
		q := read(t, "GET", "http://a.example/?oauth_signature_method="+tc.method, "", "")
		if got, err := q.Signature(tc.clientSecret, tc.tokenSecret); err != nil || got != tc.want {
			t.Errorf("%s of %s: %s, %v; want %s", tc.method, q.BaseString(), got, err, tc.want)
		}
	}
}

func TestMethodsThatAreNotTaken(t *testing.T) {
	for _, method := range []string{"", "PLAINTEXT", "RSA-SHA1", "hmac-sha1", "HMAC-MD5"} {
		q := read(t, "GET", "http://a.example/?oauth_signature=s%26t&oauth_signature_method="+method, "", "")
		_, err := q.Signature("s", "t")
		if q.KnownMethod() || q.Matches("s", "t") || err == nil || err.Error() != "oauth_problem=signature_method_rejected" {
			t.Errorf("%q is taken: %v", method, err)
		}
	}
}

func TestAccess(t *testing.T) {
	q := read(t, "GET", "http://a.example/?scope=a&oauth_nonce=", `OAuth oauth_token="t"`, "scope=b")
	if q.Get("oauth_token") != "t" || q.Get("oauth_nonce") != "" || !slices.Equal(q.Values("scope"), []string{"a", "b"}) || q.Values("oauth_token") != nil {
		t.Errorf("%+v", q)
	}
	absent := q.Absent("oauth_token", "oauth_nonce", "oauth_version")
	if got := Absent(absent...).Error(); got != "oauth_problem=parameter_absent&oauth_parameters_absent=oauth_nonce%26oauth_version" {
		t.Error(got)
	}
}

// Whatever a header holds, what is read of it can be written again and is read the same.
func FuzzHeader(f *testing.F) {
	for _, text := range []string{
		strings.Join(strings.Fields(section341), " "), `OAuth realm="a\"b", a="%41"`, `oauth a="1",b=""`, "OAuth", `OAuth a="1",`, "Bearer x", `OAuth realm="\`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		pairs, ok := readHeader(text)
		if !ok {
			if pairs != nil {
				t.Errorf("%q: refused, and yet %v", text, pairs)
			}
			return
		}
		parts := make([]string, len(pairs))
		for i, p := range pairs {
			parts[i] = Encode(p.name) + `="` + Encode(p.value) + `"`
		}
		again, ok := readHeader(scheme + " " + strings.Join(parts, ", "))
		if !ok || !slices.Equal(pairs, again) {
			t.Errorf("%q: %q, and again %q", text, pairs, again)
		}
	})
}

// A form that is read can be written again too.
func FuzzForm(f *testing.F) {
	for _, text := range []string{"a=1&b", "a=%2", "+=%2B&&=", "a=b=c"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		pairs, ok := readForm(text)
		parts := make([]string, len(pairs))
		for i, p := range pairs {
			parts[i] = Encode(p.name) + "=" + Encode(p.value)
		}
		if again, fine := readForm(strings.Join(parts, "&")); ok && (!fine || !slices.Equal(pairs, again)) {
			t.Errorf("%q: %q, and again %q", text, pairs, again)
		}
	})
}
