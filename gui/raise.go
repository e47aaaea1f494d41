//go:build !nogui

package gui

// hand names what brings the window to the front, on the UI goroutine.
func (s Seat) hand(dispatch Dispatch, raise func()) {
	s.seat.Show(func(done func()) {
		defer func() { recover() }() // the window may be closing: Fyne panics where it has gone
		dispatch(func() { raise(); done() })
	})
}

func (s Seat) leave() { s.seat.Leave() }
