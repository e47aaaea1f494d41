package practice

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"time"
)

const (
	slowFor = 8 * time.Second
	hangFor = 55 * time.Second // longer than anybody should wait, shorter than our own write limit
)

// answer is what a program is told: a status and a body, JSON unless it is a plainText or a formText.
type answer struct {
	status int
	body   any
	header map[string]string // besides those that every answer has
}

// errorBody is the only error shape of this market: the code, and for OAuth errors a sentence in English.
type errorBody struct {
	Error       string `json:"error"`
	Description string `json:"error_description,omitempty"`
}

func refuse(status int, code, description string) answer {
	return answer{status: status, body: errorBody{code, description}}
}

// serverError is the only thing said when something is our own fault.
func serverError() answer { return refuse(http.StatusInternalServerError, "Server Error", "") }

// encoded is the body as it leaves, and its type.
func (a answer) encoded() (body []byte, kind string, err error) {
	switch body := a.body.(type) {
	case plainText:
		return []byte(body), "text/plain; charset=utf-8", nil
	case formText:
		return []byte(body), "application/x-www-form-urlencoded", nil
	}
	body, err = json.Marshal(a.body)
	return body, "application/json", err
}

func (a answer) write(w http.ResponseWriter) {
	body, kind, err := a.encoded()
	if err != nil {
		slog.Error("practice: an answer could not be written as JSON", "err", err)
		a.status, body = http.StatusInternalServerError, []byte(`{"error":"Server Error"}`)
	}
	header := w.Header()
	header.Set("Content-Type", kind)
	header.Set("Cache-Control", "no-store")
	header.Set("Pragma", "no-cache")
	header.Set("X-Content-Type-Options", "nosniff")
	for name, value := range a.header {
		header.Set(name, value)
	}
	w.WriteHeader(a.status)
	w.Write(body)
}

// backChannel answers one request of a program.
func backChannel(s *store, w http.ResponseWriter, r *http.Request, faults []string, act func(st *state, now time.Time) answer) {
	turn(s, r, faults, act).write(w)
}

// turn runs one request of a program in one turn at the state, with whichever of the faults is armed.
func turn(s *store, r *http.Request, faults []string, act func(st *state, now time.Time) answer) answer {
	var fault string
	var result answer
	err := s.update(r.Context(), func(st *state, now time.Time) {
		fault = st.take(faults...)
		refusal, early := faultAnswer(fault)
		if early {
			result = refusal
			return
		}
		result = act(st, now)
	})
	if err != nil {
		slog.Error("practice: a request could not be answered", "err", err)
		result = serverError()
	}
	switch fault {
	case faultSlow:
		wait(r.Context(), slowFor)
	case faultHang:
		wait(r.Context(), hangFor)
	case faultLostAnswer:
		result = serverError()
	}
	return result
}

// faultAnswer is what a fault says in place of the real answer, and whether it does.
func faultAnswer(fault string) (a answer, early bool) {
	switch fault {
	case faultServerError, faultAPIDown:
		return serverError(), true
	case faultRateLimit:
		a = refuse(http.StatusTooManyRequests, "Exceeded per second rate limit", "")
		a.header = map[string]string{"Retry-After": "1", headerLeftSecond: "0"}
		return a, true
	case faultDayLimit:
		a = refuse(http.StatusTooManyRequests, "Exceeded daily rate limit", "")
		a.header = map[string]string{"Retry-After": "3600", headerLeftToday: "0"}
		return a, true
	case faultJSONOnly:
		return refuse(http.StatusForbidden, errKeyShape, ""), true
	case faultHang:
		return refuse(http.StatusGatewayTimeout, "Gateway Timeout", ""), true
	}
	return answer{}, false
}

// wait lets d go by, or less if nobody is listening any more.
func wait(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
