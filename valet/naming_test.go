package valet_test

import (
	"testing"

	"valetkey/valet"
)

// TestNameOfAnotherMarket: a NAME that a key of another market has is refused before anything is asked of the seller.
func TestNameOfAnotherMarket(t *testing.T) {
	k := newKit(t)
	other := k.options.Builtin[0]
	other.ID, other.Name = "other", "Other"
	key := *other.Key
	key.Provider = other.ID
	other.Key = &key
	k.options.Builtin = append(k.options.Builtin, other)
	k.start(t)
	if _, err := k.connect(t, 0, valet.ConnectRequest{Name: "pots"}); err != nil {
		t.Fatal(err)
	}
	opened := false
	request := valet.ConnectRequest{Provider: "other", NoListen: true, Name: "pots"}
	request.Host.Pasted = make(chan string)
	request.Host.Step = func(valet.Step, valet.Detail) { opened = true }
	if _, err := k.valet.Connect(t.Context(), request); valet.KindOf(err) != valet.NameTaken || opened {
		t.Errorf("got %v, and the walk began: %v", err, opened)
	}
}

// TestNameTakenMeanwhile: who answers decides whose key it is, so a NAME may turn out to be taken after the consent. What was
// won is kept under another.
func TestNameTakenMeanwhile(t *testing.T) {
	k := newKit(t)
	first := k.mustConnect(t)
	second, err := k.connect(t, 1, valet.ConnectRequest{Name: first.Name})
	if err != nil || second.Name != first.Name+"-2" || second.ID == first.ID {
		t.Fatalf("another shop under the same name: %+v, %v", second, err)
	}
	k.mustToken(t, second.ID)
	again, err := k.connect(t, 1, valet.ConnectRequest{Name: first.Name})
	if err != nil || again.ID != second.ID || again.Name != second.Name {
		t.Errorf("the same shop again: %+v, %v; want it to keep its name", again, err)
	}
	renamed, err := k.connect(t, 1, valet.ConnectRequest{Name: "prints"})
	if err != nil || renamed.ID != second.ID || renamed.Name != "prints" {
		t.Errorf("under a name that is free: %+v, %v", renamed, err)
	}
	if left, err := k.valet.Find(first.Name); err != nil || left.ID != first.ID {
		t.Errorf("the first key is now %+v, %v", left, err)
	}
}
