package valet_test

import (
	"context"
	"testing"

	"valetkey/valet"
)

// TestPracticePortIsTaken: whoever looks at the practice provider is told that another program has its port.
func TestPracticePortIsTaken(t *testing.T) {
	k := newKit(t)
	where := valet.Whereabouts{Taken: true}
	k.options.Builtin[0].Where = func(context.Context) valet.Whereabouts { return where }
	k.examine(t, valet.Visit{Provider: "practice"}, valet.Instruments{}).wants(t, valet.CheckNetwork, valet.LookAt, "taken")
	where.Base = "http://127.0.0.1:3005"
	k.examine(t, valet.Visit{Provider: "practice"}, valet.Instruments{}).wants(t, valet.CheckNetwork, valet.Fine, "inside")
}
