package oauth1

import (
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"testing"

	dghubble "github.com/dghubble/oauth1"

	"valetkey/oauth"
)

// BenchmarkSign signs a GET and a form of 4 KiB: bare is the HMAC-SHA1 of a base string that is ready, dghubble the widely used
// library.
func BenchmarkSign(b *testing.B) {
	const address = "https://openapi.example.com/v2/listings/active?limit=25&offset=50&keywords=wool+socks&sort_on=created"
	var fields []string // of different names: dghubble takes one of each
	for i := range 52 {
		fields = append(fields, fmt.Sprintf("products%02d=%%5B%%7B%%22sku%%22%%3A%%22a%%2Bb%%22%%2C%%22price%%22%%3A%%2212.50%%22%%7D%%5D", i))
	}
	form := strings.Join(fields, "&")
	for _, c := range []struct{ name, method, body string }{{"GET", "GET", ""}, {"form", "POST", form}} {
		b.Run(c.name+"/bare", func(b *testing.B) { benchBare(b, c.method, address, c.body) })
		b.Run(c.name+"/ours", func(b *testing.B) { benchOurs(b, c.method, address, c.body) })
		b.Run(c.name+"/dghubble", func(b *testing.B) { benchDghubble(b, c.method, address, c.body) })
	}
}

func benchRequest(b *testing.B, method, address, body string) *http.Request {
	b.Helper()
	request, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		b.Fatal(err)
	}
	if body != "" {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return request
}

func benchBare(b *testing.B, method, address, body string) {
	client := &Client{Key: exampleKey, Secret: oauth.NewSecret(exampleSecret)}
	request := benchRequest(b, method, address, body)
	if err := client.Sign(request, Credentials{Token: oauth.NewSecret(exampleToken)}); err != nil {
		b.Fatal(err)
	}
	base, key := []byte(baseOf(b, paragraphCase{}, request)), []byte(exampleSecret+"&"+exampleTokenSecret)
	b.ReportAllocs()
	for b.Loop() {
		mac := hmac.New(sha1.New, key)
		mac.Write(base)
		base64.StdEncoding.EncodeToString(mac.Sum(nil))
	}
}

func benchOurs(b *testing.B, method, address, body string) {
	client := &Client{Key: exampleKey, Secret: oauth.NewSecret(exampleSecret)}
	credentials := Credentials{Token: oauth.NewSecret(exampleToken), Secret: oauth.NewSecret(exampleTokenSecret)}
	request := benchRequest(b, method, address, body)
	b.ReportAllocs()
	for b.Loop() {
		if err := client.Sign(request, credentials); err != nil {
			b.Fatal(err)
		}
	}
}

func benchDghubble(b *testing.B, method, address, body string) {
	config := dghubble.NewConfig(exampleKey, exampleSecret)
	ctx := context.WithValue(b.Context(), dghubble.HTTPClient, &http.Client{Transport: nowhere{}})
	transport := config.Client(ctx, dghubble.NewToken(exampleToken, exampleTokenSecret)).Transport
	request := benchRequest(b, method, address, body)
	b.ReportAllocs()
	for b.Loop() {
		request.Body, _ = request.GetBody() // it reads the body and does not put it back
		if _, err := transport.RoundTrip(request); err != nil {
			b.Fatal(err)
		}
	}
}

// nowhere is a transport that answers at once.
type nowhere struct{}

var noContent = &http.Response{StatusCode: http.StatusNoContent, Body: http.NoBody}

func (nowhere) RoundTrip(*http.Request) (*http.Response, error) { return noContent, nil }
