package oauth1

import (
	"bytes"
	"io"
	"net/http"
	"time"

	"valetkey/oauth"
)

// peek is how much of a refusal is read before the caller gets it, in octets.
const peek = 16 << 10

// Fetch signs a request and sends it as [oauth.Fetch] does, with its limits and errors; those of [Client.Sign] come before
// anything is sent. The caller's request is not changed, but for its body, which is read and closed.
//
// If the server refuses the time of the request (oauth_problem=timestamp_refused, or 401 without a problem and a Date that is
// more than a minute away), it is sent once more, with the server's time and a fresh nonce, provided that its body can be read
// again; what the server was content with is remembered. Nothing else is ever sent twice.
func (c *Client) Fetch(request *http.Request, credentials Credentials) (*oauth.Received, error) {
	return c.fetch(request, credentials)
}

func (c *Client) fetch(request *http.Request, credentials Credentials, more ...parameter) (*oauth.Received, error) {
	first := request.Clone(request.Context())
	sending := &sending{client: c, credentials: credentials, more: more, offset: c.offset(), transport: c.Transport}
	if sending.transport == nil {
		sending.transport = oauth.DefaultTransport()
	}
	if err := sending.sign(first); err != nil {
		closeBody(request)
		return nil, err
	}
	return oauth.Fetch(sending, first)
}

func closeBody(request *http.Request) {
	if request.Body != nil {
		request.Body.Close()
	}
}

// sending is the transport of one signed request.
type sending struct {
	client      *Client
	credentials Credentials
	more        []parameter
	offset      time.Duration // that was signed with
	transport   http.RoundTripper
}

func (s *sending) sign(request *http.Request) error {
	return s.client.sign(request, s.credentials, stamp{time.Now().Add(s.offset), nonce()}, s.more...)
}

// RoundTrip sends the request, which is signed, and perhaps once more.
func (s *sending) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := s.transport.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	offset, refused := s.timeRefused(response)
	if !refused {
		return response, nil
	}
	second, ok := again(request)
	if !ok {
		return response, nil
	}
	s.offset = offset
	if s.sign(second) != nil { // its body cannot be had again after all
		closeBody(second)
		return response, nil
	}
	response.Body.Close()
	if response, err = s.transport.RoundTrip(second); err != nil {
		return nil, err
	}
	if response.StatusCode < 400 {
		s.client.learn(offset)
	}
	return response, nil
}

// timeRefused reports whether a refusal is about the time that the request was signed with, and by how much the server's clock
// is ahead of ours. The body of the response can still be read whole.
func (s *sending) timeRefused(response *http.Response) (offset time.Duration, refused bool) {
	if response.StatusCode < 400 || response.StatusCode > 499 {
		return 0, false
	}
	offset, known := ahead(response.Header, time.Now())
	off := (offset - s.offset).Abs()
	if !known || off < clockSlack {
		return 0, false
	}
	start, _ := io.ReadAll(io.LimitReader(response.Body, peek)) // an error will come again
	response.Body = joined{io.MultiReader(bytes.NewReader(start), response.Body), response.Body}
	problem, _ := problemOf(response.Header, start)
	return offset, problem == TimestampRefused ||
		problem == "" && response.StatusCode == http.StatusUnauthorized && off > clockFar
}

// joined reads from the one and closes the other.
type joined struct {
	io.Reader
	io.Closer
}

// again makes the same request for another try, if its body can be read again.
func again(request *http.Request) (*http.Request, bool) {
	second := request.Clone(request.Context())
	if request.Body == nil || request.Body == http.NoBody {
		return second, true
	}
	if request.GetBody == nil {
		return nil, false
	}
	body, err := request.GetBody()
	second.Body = body
	return second, err == nil
}
