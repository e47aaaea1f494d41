//go:build !linux

package notify

import "context"

type desktop struct{}

func (*desktop) show(context.Context, string, string, Note) error { return ErrNone }
func (*desktop) close()                                           {}
