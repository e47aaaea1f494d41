package valet_test

import (
	"context"
	"testing"

	"valetkey/oauth"
	"valetkey/oauth/practice"
	"valetkey/valet"
)

// TestPastedWhileTheDoorIsOpen: the seller allowed it on a phone, whose browser ended on an address of its own. Pasted here it
// counts like a callback, and one of another try does not, though a port waits for the browser all the while.
func TestPastedWhileTheDoorIsOpen(t *testing.T) {
	k := newKit(t)
	_, err := k.valet.Keys.Set(t.Context(), valet.NewAppKey{Provider: "practice", Label: "door", ClientID: practice.ClientID,
		Secret: oauth.NewSecret(practice.ClientSecret), Redirect: "http://127.0.0.1:0/oauth/redirect"})
	if err != nil {
		t.Fatal(err)
	}
	var told []error
	pasted := make(chan string, 2)
	request := valet.ConnectRequest{Provider: "practice", AppKey: "door"}
	request.Host.Pasted = pasted
	request.Host.PasteRefused = func(err error) { told = append(told, err) }
	request.Host.Open = func(_ context.Context, address string) error {
		right, _ := pressed(t, k.practice.Transport(), "/oauth/redirect?", address, 0, "allow")
		pasted <- right + "x" // another state
		pasted <- right
		return nil
	}
	c, err := k.valet.Connect(t.Context(), request)
	if err != nil || c.Status != valet.Connected || len(told) != 1 {
		t.Fatalf("got %+v, %v, told %v", c, err, told)
	}
}
