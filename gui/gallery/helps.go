//go:build !nogui

package main

import (
	"time"

	"fyne.io/fyne/v2"

	"valetkey/gui/kit"
	"valetkey/gui/places"
	"valetkey/gui/walk"
	"valetkey/valet"
	"valetkey/valet/words"
)

// visited is what a visit to a computer with a few troubles finds, in its order.
func visited() []places.HelpLine {
	of := func(check valet.CheckID, state valet.FindingState, reason string, f valet.Finding) places.HelpLine {
		f.Check, f.State, f.Reason = check, state, reason
		return places.HelpLine{Finding: f}
	}
	with := func(line places.HelpLine, way string) places.HelpLine {
		line.Way = kit.Way{Text: way}
		return line
	}
	return []places.HelpLine{
		of(valet.CheckFolders, valet.Fine, "private", valet.Finding{}),
		of(valet.CheckIndex, valet.Fine, "whole", valet.Finding{}),
		of(valet.CheckProviders, valet.Fine, "read", valet.Finding{}),
		with(of(valet.CheckKeyring, valet.LookAt, "locked", valet.Finding{}), words.T("help.way.unlock")),
		of(valet.CheckLockedFile, valet.Untried, "none", valet.Finding{}),
		of(valet.CheckBrowser, valet.Fine, "found", valet.Finding{Subject: "/usr/bin/firefox"}),
		of(valet.CheckClock, valet.LookAt, "ahead", valet.Finding{About: "etsy", Provider: "Etsy", Span: 7 * time.Minute}),
		of(valet.CheckNetwork, valet.Fine, "reached", valet.Finding{About: "etsy", Provider: "Etsy", Subject: "api.etsy.com"}),
		of(valet.CheckPort, valet.Fine, "free", valet.Finding{About: "my own shop", Subject: "3003"}),
		with(of(valet.CheckToken, valet.Wrong, "over", valet.Finding{About: "maple-thread", Provider: "Etsy"}), words.T("window.reconnect")),
	}
}

// helps are the pages that look for what is wrong, and what is said before the first shop and after the last.
func helps() []state {
	help := func(name, about string, s places.HelpState) state {
		return state{"help-" + name, func() fyne.CanvasObject {
			s.Now = now
			h := places.NewHelp(about, places.HelpActions{})
			h.Show(s)
			return framed(rack, "", h.Container)
		}}
	}
	all := visited()
	looking := places.HelpLine{Finding: valet.Finding{Check: valet.CheckNetwork, About: "etsy", Provider: "Etsy"}}
	fine := []places.HelpLine{all[5], all[7], all[8]}
	return []state{
		help("looking", "", places.HelpState{Lines: append(visited()[:6], looking)}),
		help("found", "", places.HelpState{Lines: all, Over: true}),
		help("fine", "Blue Fern Pottery", places.HelpState{Lines: fine, Over: true}),
		help("cut", "", places.HelpState{Lines: all[:3], Over: true, Cut: true}),
		{"setup-kinds", func() fyne.CanvasObject {
			return framed(nil, "", walk.NewKinds(etsyLike, walk.KindsActions{}).Container)
		}},
		{"terms", func() fyne.CanvasObject { return framed(nil, "", places.NewTerms(look, look)) }},
		{"terms-again", func() fyne.CanvasObject { return framed(rack, "", places.NewTerms(nil, look)) }},
		{"remove", func() fyne.CanvasObject {
			return framed(rack, "", places.NewRemoveAll(places.RemovalState{Keys: 4, AppKeys: 1, Listed: []string{"Etsy"}, File: true}, look, look).Container)
		}},
		{"remove-nowhere", func() fyne.CanvasObject {
			return framed(rack[:1], "", places.NewRemoveAll(places.RemovalState{Keys: 1}, look, look).Container)
		}},
		{"remove-stays", func() fyne.CanvasObject {
			r := places.NewRemoveAll(places.RemovalState{Keys: 1, Listed: []string{"Etsy"}}, look, look)
			r.Stays(valet.Left{Keys: []valet.LeftItem{{Name: "red-oak-prints", Cause: &valet.Error{Kind: valet.StoreTrouble, Cause: ails(valet.TroubleLocked)}}}})
			return framed(rack[1:2], "", r.Container)
		}},
		{"help-report", func() fyne.CanvasObject {
			r := places.NewReport(places.ReportActions{})
			var found []valet.Finding
			for _, line := range all {
				found = append(found, line.Finding)
			}
			chart := valet.Chart{System: "linux/amd64, ubuntu 24.04", Go: "go1.26", Language: "en_GB.UTF-8", Desktop: "GNOME, wayland", Keys: 4, AppKeys: 2,
				Home: "/home/owner", Log: []string{`time=2026-11-22T14:01:07.204Z level=INFO msg="a verb failed" error="valet: unreachable"`}, Markets: []string{"Etsy"}}
			r.Show(words.Report{Version: "1.0.0", Chart: chart, Found: found, Now: now}.String())
			r.Notice.Say(words.T("help.report.copied"))
			return framed(rack, "", r.Container)
		}},
	}
}
