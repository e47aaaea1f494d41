package etsy

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"

	"valetkey/oauth"
)

// longestRefusal bounds what is read of an answer to see whether it is the refusal of #1678, in octets.
const longestRefusal = 64 << 10

// TokenTransport carries requests to Etsy's token endpoint and knows its two habits. Where a request was provably not sent,
// because dialling or TLS failed, the other of Etsy's two hosts is tried at once. And some apps get the refusal "should be in
// the format 'keystring:shared_secret'" for a correct form, while the same request as JSON is granted (etsy/open-api#1678):
// on exactly that refusal the request is repeated once as JSON; it spent nothing. A nil base means [oauth.DefaultTransport].
func TokenTransport(base http.RoundTripper) http.RoundTripper {
	if base == nil {
		base = oauth.DefaultTransport()
	}
	return &tokenTransport{base}
}

type tokenTransport struct{ base http.RoundTripper }

// RoundTrip implements [http.RoundTripper].
func (t *tokenTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	body, err := drain(request)
	if err != nil {
		return nil, err
	}
	response, err := t.eitherHost(request, body)
	if err != nil || !isForm(request) || !refusedAsForm(response) {
		return response, err
	}
	repeat, err := asJSON(body)
	if err != nil {
		return response, nil
	}
	response.Body.Close()
	request = request.Clone(request.Context())
	request.Header.Set("Content-Type", "application/json; charset=utf-8")
	return t.eitherHost(request, repeat)
}

// eitherHost sends to the host of the request, and to Etsy's other one if nothing was sent to the first.
func (t *tokenTransport) eitherHost(request *http.Request, body []byte) (*http.Response, error) {
	ctx, sending := oauth.WatchSending(request.Context())
	response, err := t.base.RoundTrip(withBody(request.WithContext(ctx), request.URL.Host, body))
	other := map[string]string{tokenHost: apiHost, apiHost: tokenHost}[request.URL.Host]
	if err == nil || other == "" || !sending.NotSent() || request.Context().Err() != nil {
		return response, err
	}
	return t.base.RoundTrip(withBody(request, other, body))
}

// withBody is a copy of the request to host with a body of its own: a transport may still read the one before.
func withBody(request *http.Request, host string, body []byte) *http.Request {
	copied := request.Clone(request.Context())
	copied.URL.Host, copied.Host = host, ""
	copied.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	copied.Body, _ = copied.GetBody() // net/http asks again where an idle connection turned out dead before anything was written
	copied.ContentLength = int64(len(body))
	return copied
}

// drain takes the body out of a request, as a RoundTripper has to in any case.
func drain(request *http.Request) ([]byte, error) {
	if request.Body == nil {
		return nil, nil
	}
	defer request.Body.Close()
	return io.ReadAll(request.Body)
}

func isForm(request *http.Request) bool {
	return request.Method == http.MethodPost &&
		strings.HasPrefix(request.Header.Get("Content-Type"), "application/x-www-form-urlencoded")
}

// refusedAsForm reports whether this is the refusal of #1678. What it reads of the body it puts back.
func refusedAsForm(response *http.Response) bool {
	if response.StatusCode != http.StatusForbidden {
		return false
	}
	start, err := io.ReadAll(io.LimitReader(response.Body, longestRefusal))
	response.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(start), response.Body), response.Body}
	var refusal struct {
		Error string `json:"error"`
	}
	return err == nil && json.Unmarshal(start, &refusal) == nil &&
		CauseOf(&oauth.ErrorResponse{Code: oauth.ErrorCode(refusal.Error), Status: response.StatusCode}) == KeyMalformed
}

// asJSON writes the fields of a form as one JSON object.
func asJSON(form []byte) ([]byte, error) {
	values, err := url.ParseQuery(string(form))
	if err != nil {
		return nil, err
	}
	object := map[string]string{}
	for name := range values {
		object[name] = values.Get(name)
	}
	return json.Marshal(object)
}
