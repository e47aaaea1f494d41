package keyart

// IconSize is the side of the icon in SVG units.
const IconSize = 128

// Icon gives the app's icon as an SVG: the key with three teeth, one of each kind, on a round-cornered ground. Its parts are
// bolder than the key's own, so that it can be told apart at 16 pixels.
func Icon(palette Palette) string {
	s := open(IconSize, IconSize, "")
	var ground, body, deleting, shine, shade path
	ground.rect(0, 0, IconSize, IconSize, 29, 29)
	s.fill(palette.Ground, ground)

	const (
		bow, eye    = 29.0, 14.5
		top, bottom = -8.0, 8.0
		end         = 97.0
		tooth       = 10.0
	)
	body.disc(0, 0, bow)
	body.hole(0, 0, eye)
	body.rect(bow+5, top-5, 6, bottom-top+10, 2.5, 2.5)
	body.polygon(point{bow - 4, top}, point{end - 3, top}, point{end, top + 3}, point{end, bottom - 6}, point{end - 6, bottom}, point{bow - 4, bottom})
	body.rect(46, bottom-3, tooth, 12, 0, 2.5)
	body.rect(62, bottom-3, tooth, 20, 0, 2.5)
	deleting.rect(78, bottom, tooth, 25, 0, 2.5)
	shine.arc(0, 0, bow-3.6, 140, 255, 2.6) // the whole turns: light comes from above here too
	shine.bar(point{bow + 17, top + 3.4}, point{end - 6, top + 3.4}, 2.4)
	shade.arc(0, 0, eye+3.4, 140, 255, 2.6)

	s.group(turn(45, 0.93, point{34, 6}, point{62.5, 64.5}))
	s.fill(palette.Brass.Face, body)
	s.fill(palette.Red, deleting)
	s.fill(palette.Brass.Shade, shade)
	s.fill(palette.Brass.Shine, shine)
	s.endGroup()
	return s.close()
}
