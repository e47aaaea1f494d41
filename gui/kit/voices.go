//go:build !nogui

package kit

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"valetkey/gui/parts"
)

// Muted is a text in the quiet voice; **stars** make a stretch bold, here and in the next three.
func Muted(text string) *parts.Text {
	return parts.NewText(parts.Body, text).Coloured(parts.Muted)
}

// Small is the quiet voice in the small size.
func Small(text string) *parts.Text {
	return parts.NewText(parts.Small, text).Coloured(parts.Muted)
}

// Body is a text in the usual voice.
func Body(text string) *parts.Text { return parts.NewText(parts.Body, text) }

// Heading is what a screen is called.
func Heading(text string) *parts.Text { return parts.NewText(parts.Heading, "**"+text+"**") }

// SetHeading changes a heading; stars in a shop's name stay stars.
func SetHeading(t *parts.Text, text string) { t.SetRuns(parts.Run{Text: text, Bold: true}) }

// Plain shows a text in which stars are only stars.
func Plain(size fyne.ThemeSizeName, text string) *parts.Text {
	t := parts.NewText(size, "")
	t.SetRuns(parts.Run{Text: text})
	return t
}

// PlainMuted is muted, in which stars are only stars.
func PlainMuted(text string) *parts.Text { return Plain(parts.Body, text).Coloured(parts.Muted) }

// AtLeft shows a key picture at the left, smaller where there is little room.
func AtLeft(picture *KeyPicture) *fyne.Container { return parts.Scaled(0.72, picture) }

// Numbered is a sentence in a row of them, behind its number; n counts from 1.
func Numbered(size fyne.ThemeSizeName, n int, text string) fyne.CanvasObject {
	number := parts.NewText(size, fmt.Sprintf("%d.", n)).Coloured(parts.Muted).Whole()
	return parts.Beside(parts.Unit, 0, number, parts.NewText(size, text))
}

// Joined puts sentences after each other and leaves out empty ones.
func Joined(sentences ...string) string {
	text := ""
	for _, s := range sentences {
		if s != "" && text != "" {
			text += " "
		}
		text += s
	}
	return text
}

// Several puts sentences of permissions in a row; they may have commas in them.
func Several(items []string) string { return strings.Join(items, "; ") }

// ShowIf shows o, or hides it.
func ShowIf(o fyne.CanvasObject, visible bool) {
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}
