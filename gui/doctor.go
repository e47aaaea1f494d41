package gui

import (
	"context"
	"iter"

	"valetkey/valet"
)

// Doctor looks for what is wrong; [valet.Doctor] is one. Only Fitting may be called on the UI goroutine.
type Doctor interface {
	Fitting(err error) []valet.CheckID
	Examine(ctx context.Context, visit valet.Visit) iter.Seq[valet.Finding]
	Chart() valet.Chart
}
