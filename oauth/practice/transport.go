package practice

import (
	"bytes"
	"io"
	"net/http"
	"strconv"
)

// inProcess carries requests straight to a handler.
type inProcess struct{ handler http.Handler }

// RoundTrip keeps the contract of http.RoundTripper: it closes the body, changes nothing of the request, and ends when the
// request's context does. The handler's answer is whole when it is returned.
func (t inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		defer r.Body.Close()
	}
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	rec := &recorder{header: http.Header{}}
	t.handler.ServeHTTP(rec, asServed(r))
	if err := r.Context().Err(); err != nil {
		return nil, err // the answer came too late, as it would over a socket
	}
	return rec.response(r), nil
}

// asServed is the request as a server would have read it.
func asServed(r *http.Request) *http.Request {
	in := r.Clone(r.Context())
	in.RequestURI = in.URL.RequestURI()
	in.RemoteAddr = "127.0.0.1:0"
	if in.Host == "" {
		in.Host = in.URL.Host
	}
	if in.Method == "" {
		in.Method = http.MethodGet
	}
	if in.Body == nil {
		in.Body = http.NoBody
	}
	return in
}

// recorder keeps what a handler writes.
type recorder struct {
	header http.Header
	sent   http.Header // header as it was when the status went out
	status int
	body   bytes.Buffer
}

func (rec *recorder) Header() http.Header { return rec.header }

func (rec *recorder) WriteHeader(status int) {
	if rec.status == 0 && status >= 200 {
		rec.status, rec.sent = status, rec.header.Clone()
	}
}

func (rec *recorder) Write(p []byte) (int, error) {
	rec.WriteHeader(http.StatusOK)
	return rec.body.Write(p)
}

func (rec *recorder) response(r *http.Request) *http.Response {
	rec.WriteHeader(http.StatusOK)
	length := int64(rec.body.Len())
	if r.Method == http.MethodHead {
		rec.body.Reset()
	}
	return &http.Response{
		Status: strconv.Itoa(rec.status) + " " + http.StatusText(rec.status), StatusCode: rec.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: rec.sent, Body: io.NopCloser(&rec.body), ContentLength: length,
		Request: r,
	}
}
