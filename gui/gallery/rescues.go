//go:build !nogui

package main

import (
	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/places"
	"valetkey/gui/walk"
	"valetkey/valet"
	"valetkey/valet/words"
)

// rescues are the screens of keys that come out of a file.
func rescues() []state {
	whole := valet.FoundKey{AccessEnd: "x9Qa", RefreshEnd: "77-k", HasKeystring: true, HasSecret: true}
	bare := valet.FoundKey{AccessEnd: "x9Qa", RefreshEnd: "77-k"}
	elderly := valet.FoundKey{Label: "red oak", Older: true, AccessEnd: "0fe1"}
	found := func(name string, s places.FoundState, more func(*places.Found)) state {
		return state{"rescue-found" + name, func() fyne.CanvasObject {
			f := places.NewFound(s, nil, nil)
			if more != nil {
				more(f)
			}
			return framed(rack, "", f.Container)
		}}
	}
	rescued := func(name string, s places.RescuedState, ways ...string) state {
		return state{"rescue-" + name, func() fyne.CanvasObject {
			var on []kit.Way
			for _, way := range ways {
				on = append(on, kit.Way{Text: way})
			}
			s.Keyring = keyring
			return framed(rack, "", places.NewRescued(s, nil, on...).Container)
		}}
	}
	blue := places.RescueResult{Name: "The key of a shop", Kept: rack[0]}
	file := func(subject, name string) error {
		return &valet.Error{Kind: valet.RescueFile, Subject: subject, Other: name}
	}
	untried := places.RescueResult{Kept: rack[1], Err: &valet.Error{Kind: valet.Unreachable, Provider: "Etsy"}}
	known := places.RescueResult{Name: "Key 1", Err: &valet.Error{Kind: valet.AlreadyKept, Subject: "blue-fern-pottery", Provider: "Etsy"}}
	ended := places.RescueResult{Name: "Key 2", Err: file("ended", "tokens.json")}
	leave, done := words.T("window.rescued.leave"), words.T("window.done")
	return []state{
		{"rescue", func() fyne.CanvasObject { return framed(rack, "", places.NewRescueAsk(nil, nil).Container) }},
		{"rescue-nothing", func() fyne.CanvasObject {
			a := places.NewRescueAsk(nil, nil)
			a.Notice.Trouble(words.Sentence(file("nothing", "notes.txt")))
			return framed(rack, "", a.Container)
		}},
		found("", places.FoundState{File: "tokens.json", Provider: "Etsy", Keys: []valet.FoundKey{whole}, Shops: []string{"Blue Fern Pottery"}}, nil),
		found("-lacks", places.FoundState{File: ".env", Provider: "Etsy", Keys: []valet.FoundKey{bare}, Keystring: true, Secret: true, Unusable: []string{"ETSY_EXPIRES_AT", "14"}}, nil),
		found("-refused", places.FoundState{File: ".env", Provider: "Etsy", Keys: []valet.FoundKey{bare}, Secret: true}, func(f *places.Found) {
			f.Notice.Trouble(words.Sentence(&valet.Error{Kind: valet.BadAppKey, Subject: "client_secret", Provider: "Etsy"}))
		}),
		found("-several", places.FoundState{File: "tokens.json", Provider: "Etsy", Keys: []valet.FoundKey{whole, bare, elderly}}, nil),
		{"rescue-doing", func() fyne.CanvasObject {
			r := walk.NewErrand(words.T("window.rescue.doing", "Name", "Key 2"), words.T("window.rescue.doing.text", "Provider", "Etsy"), []valet.Moment{valet.Identified, valet.Stored}, nil)
			r.Show(walk.ReceiveState{Provider: "Etsy", Keyring: keyring, Scopes: scopes, Detail: valet.Detail{Asked: storefront}})
			return framed(rack, "", r.Container)
		}},
		rescued("kept", places.RescuedState{File: "tokens.json", Results: []places.RescueResult{blue}}, leave),
		rescued("shared", places.RescuedState{File: ".env", Results: []places.RescueResult{blue}, Stays: file("shared", ".env"), Others: []string{"DATABASE_URL", "OPENAI_API_KEY"}}, done),
		rescued("some", places.RescuedState{File: "tokens.json", Results: []places.RescueResult{known, ended, {Kept: rack[1]}}}, words.T("window.setup.continue"), done),
		rescued("ended", places.RescuedState{File: "tokens.json", Results: []places.RescueResult{ended}}, words.T("window.setup.continue"), done),
		rescued("untried", places.RescuedState{File: "tokens.json", Results: []places.RescueResult{untried}}, done),
	}
}
