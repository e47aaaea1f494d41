//go:build !nogui

// Gallery shows every view of the window in every state, with no backend behind it: to look at, and to write as pictures.
//
//	go run -tags migrated_fynedo ./gui/gallery                           a window to leaf through
//	go run -tags migrated_fynedo ./gui/gallery -out DIR                  a picture of each, in every language, look and size
//	go run -tags migrated_fynedo ./gui/gallery -out DIR -lang de -size 720x520 -look dark -only panel
//
// Pictures need no display. They are called DIR/LANGUAGE/SIZE/STATE-LOOK.png.
package main

import (
	"flag"
	"fmt"
	"image/color"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"valetkey/gui/kit"
	_ "valetkey/gui/quiet"
)

func main() {
	out := flag.String("out", "", "write pictures into this folder")
	lang := flag.String("lang", "", "in this language only: "+strings.Join(languages, ", "))
	look := flag.String("look", "", "in this look only: light or dark")
	size := flag.String("size", "", "in this size only: "+strings.Join(frameNames(), ", "))
	only := flag.String("only", "", "of the states whose name begins like this expression only")
	part := flag.Int("part", -1, "draw only this part of them; what starts the others uses it")
	flag.Parse()
	if *out == "" {
		leaf()
		return
	}
	names, err := regexp.Compile("^(?:" + *only + ")")
	if err == nil {
		err = writeAll(*out, sittings(*lang, *size, *look), names, *part)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gallery:", err)
		os.Exit(1)
	}
}

// variant is the theme held to one of its halves.
type variant struct {
	*kit.Theme
	half fyne.ThemeVariant
}

// Color implements [fyne.Theme].
func (v variant) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	return v.Theme.Color(name, v.half)
}

// languages are those that pictures are taken in.
var languages = []string{"en", "de"}

// halves are the two looks.
var halves = map[string]fyne.ThemeVariant{"light": theme.VariantLight, "dark": theme.VariantDark}

// frame is a size that pictures are taken in.
type frame struct {
	name  string
	size  fyne.Size
	scale float32
}

// frames are the promised sizes; at scale 2 a screen has four pixels for each one.
var frames = []frame{
	{"720x520", fyne.NewSize(720, 520), 1},
	{"1040x680", fyne.NewSize(1040, 680), 1},
	{"1040x680@2", fyne.NewSize(1040, 680), 2},
}

func frameNames() []string {
	var names []string
	for _, f := range frames {
		names = append(names, f.name)
	}
	return names
}

// sitting is what a row of pictures has in common.
type sitting struct {
	frame
	lang, look string
}

// sittings are all that there are, or those of one language, size and look.
func sittings(lang, size, look string) []sitting {
	var all []sitting
	for _, l := range languages {
		for _, f := range frames {
			for _, half := range []string{"light", "dark"} {
				all = append(all, sitting{f, l, half})
			}
		}
	}
	return slices.DeleteFunc(all, func(s sitting) bool {
		return lang != "" && s.lang != lang || size != "" && s.frame.name != size || look != "" && s.look != look
	})
}

// hands is how many programs draw at the same time: Fyne draws one picture after the other.
func hands() int { return max(1, min(8, runtime.NumCPU())) }
