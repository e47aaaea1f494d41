package keyart

// Metal is one metal in three tones: its face, the edge that catches the light, and the cut in the shade.
type Metal struct{ Face, Shine, Shade string }

// Palette holds the colours of the picture as CSS colours of the form #RRGGBB. The ground behind the key is not painted,
// except in [Icon].
type Palette struct {
	Brass, Grey Metal
	Red         string // what deletes
	Ink         string // the initial
	Muted       string // the initial of a withdrawn key, and its thread
	Ground      string // behind the icon's key, and what the key lies on
}

// Light and Dark are the colours of the app's two themes.
var (
	Light = Palette{
		Brass:  Metal{Face: "#A9782B", Shine: "#C99A4C", Shade: "#865B1B"},
		Grey:   Metal{Face: "#B8AEA1", Shine: "#CFC7BB", Shade: "#9A8F81"},
		Red:    "#A8332A",
		Ink:    "#2B2621",
		Muted:  "#6B6257",
		Ground: "#F6F1E7",
	}
	Dark = Palette{
		Brass:  Metal{Face: "#D9A74A", Shine: "#F0CB82", Shade: "#A87A28"},
		Grey:   Metal{Face: "#6E6357", Shine: "#85796B", Shade: "#51483F"},
		Red:    "#F08A7E",
		Ink:    "#F2E9DA",
		Muted:  "#B6A996",
		Ground: "#211B16",
	}
)
