package oauth

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
)

// Received is a whole answer as it came: nothing of it is judged or cleaned, and its body may hold anything.
type Received struct {
	Status int
	Header http.Header
	Body   []byte // 1 MiB at most, after decompression
}

// Fetch sends one request as it stands and reads the whole answer: 20 s and 1 MiB at most, no redirect followed, no cookies,
// no second try. A nil transport means [DefaultTransport]. Errors are *[TransportError], and *[AnswerError] for a body that is
// too large or cut short: then the answer is given all the same, without a body.
func Fetch(transport http.RoundTripper, request *http.Request) (*Received, error) {
	if transport == nil {
		transport = DefaultTransport()
	}
	ctx, cancel := context.WithTimeout(request.Context(), callTime)
	defer cancel()
	ctx, sending := WatchSending(ctx)
	request = request.WithContext(ctx)
	request.Header.Set("User-Agent", UserAgent)

	// RoundTrip, not http.Client: redirects, cookies and user info in the address are things only the client knows of.
	response, err := transport.RoundTrip(request)
	if err != nil {
		return nil, transportError(ctx, request, !sending.NotSent(), err)
	}
	defer response.Body.Close()
	received := &Received{Status: response.StatusCode, Header: response.Header}
	body, err := io.ReadAll(io.LimitReader(response.Body, answerSize+1))
	_, network := errors.AsType[net.Error](err)
	switch {
	case err == nil && len(body) > answerSize:
		return received, &AnswerError{Reason: "larger than 1 MiB", Status: received.Status}
	case err == nil:
		received.Body = body
		return received, nil
	case network || ctx.Err() != nil:
		return nil, transportError(ctx, request, true, err)
	}
	return received, &AnswerError{Reason: "cut short or garbled", Status: received.Status}
}

// Answer is what came as an answer to a call of ours. sent names the secrets in the request, see [Call].
func (r *Received) Answer(sent ...Secret) *Answer {
	return &Answer{Status: r.Status, Header: r.Header, body: NewSecret(string(r.Body)), sent: sent}
}
