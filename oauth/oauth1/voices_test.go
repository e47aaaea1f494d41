package oauth1

import (
	"context"
	"net/http"
	"strconv"
	"testing"
	"time"

	dghubble "github.com/dghubble/oauth1"
	gomodule "github.com/gomodule/oauth1/oauth"

	"valetkey/oauth"
	verifier "valetkey/oauth/practice/signed"
)

func (r wireRequest) client(method SignatureMethod) *Client {
	return &Client{
		Provider: Provider{SignatureMethod: method}, Key: exampleKey, Secret: oauth.NewSecret(r.secret),
	}
}

func (r wireRequest) credentials() Credentials {
	return Credentials{Token: oauth.NewSecret(r.token), Secret: oauth.NewSecret(r.tokenSecret)}
}

// compare signs as another library did, with its nonce and timestamp, and checks signature and base string.
func compare(t *testing.T, number int, r wireRequest, method SignatureMethod, theirs map[string]string) {
	t.Helper()
	seconds, err := strconv.ParseInt(theirs["oauth_timestamp"], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	request := r.http(t)
	err = r.client(method).sign(request, r.credentials(), stamp{time.Unix(seconds, 0), theirs["oauth_nonce"]},
		parameter{"oauth_version", theirs["oauth_version"]})
	if err != nil {
		t.Fatalf("seed %d, request %d: %v: %+v", seed, number, err, r)
	}
	ours := headerFields(t, request.Header.Get("Authorization"))
	first, second := baseOf(t, paragraphCase{}, request), r.base(ours)
	if first != second {
		t.Fatalf("seed %d, request %d: base strings differ: %+v\nsigner %s\nsecond %s", seed, number, r, first, second)
	}
	for _, name := range []string{"oauth_signature", "oauth_consumer_key", "oauth_token", "oauth_signature_method"} {
		if ours[name] != theirs[name] {
			t.Fatalf("seed %d, request %d: %s is %s, theirs %s: %+v\nbase string %s",
				seed, number, name, ours[name], theirs[name], r, first)
		}
	}
	verify(t, number, r, request, first)
}

// verify has the practice market's verifier look at the same request, as it was signed here; that one shares no code with either.
func verify(t *testing.T, number int, r wireRequest, request *http.Request, base string) {
	t.Helper()
	read, err := verifier.Read(request, []byte(r.rawForm))
	switch {
	case err != nil:
		t.Fatalf("seed %d, request %d: the verifier cannot read it: %v: %+v\nbase string %s", seed, number, err, r, base)
	case read.BaseString() != base:
		t.Fatalf("seed %d, request %d: base strings differ: %+v\nsigner   %s\nverifier %s", seed, number, r, base, read.BaseString())
	case !read.Matches(r.secret, r.tokenSecret):
		t.Fatalf("seed %d, request %d: the verifier refuses the signature: %+v\nbase string %s", seed, number, r, base)
	case read.Matches(r.secret, r.tokenSecret+"x"):
		t.Fatalf("seed %d, request %d: the verifier takes any signature: %+v", seed, number, r)
	}
}

// TestG86GomoduleAgrees signs 10,000 random requests as github.com/gomodule/oauth1 does, and as the practice market's verifier
// wants them: repeated and empty parameters, forms,
// ports, IPv6 and characters of every kind.
func TestG86GomoduleAgrees(t *testing.T) {
	t.Logf("seed %d", seed)
	g := newGenerator(false)
	for number := range 10_000 {
		r := g.request()
		method, theirMethod := HMACSHA1, gomodule.HMACSHA1
		if number%4 == 3 {
			method, theirMethod = HMACSHA256, gomodule.HMACSHA256
		}
		them := gomodule.Client{
			Credentials:     gomodule.Credentials{Token: exampleKey, Secret: r.secret},
			SignatureMethod: theirMethod,
		}
		request := r.http(t)
		credentials := &gomodule.Credentials{Token: r.token, Secret: r.tokenSecret}
		header := http.Header{}
		if err := them.SetAuthorizationHeader(header, credentials, r.method, request.URL, r.formValues()); err != nil {
			t.Fatal(err)
		}
		compare(t, number, r, method, headerFields(t, header.Get("Authorization")))
	}
}

// caught is a transport that notes the header and answers itself.
type caught struct{ header string }

func (c *caught) RoundTrip(request *http.Request) (*http.Response, error) {
	c.header = request.Header.Get("Authorization")
	return &http.Response{StatusCode: http.StatusNoContent, Body: http.NoBody, Request: request}, nil
}

// TestG86DghubbleAgrees signs 5,000 random requests as github.com/dghubble/oauth1 does. It drops repeated parameters and reads
// ports and empty paths in its own way, so the requests have none of those.
func TestG86DghubbleAgrees(t *testing.T) {
	t.Logf("seed %d", seed)
	g := newGenerator(true)
	for number := range 5_000 {
		r := g.request()
		them := dghubble.NewConfig(exampleKey, r.secret)
		method := HMACSHA1
		if number%4 == 3 {
			method = HMACSHA256
			them.Signer = &dghubble.HMAC256Signer{ConsumerSecret: r.secret}
		}
		catch := &caught{}
		ctx := context.WithValue(t.Context(), dghubble.HTTPClient, &http.Client{Transport: catch})
		response, err := them.Client(ctx, dghubble.NewToken(r.token, r.tokenSecret)).Do(r.http(t))
		if err != nil {
			t.Fatalf("seed %d, request %d: %v: %+v", seed, number, err, r)
		}
		response.Body.Close()
		compare(t, number, r, method, headerFields(t, catch.header))
	}
}
