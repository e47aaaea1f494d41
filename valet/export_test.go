package valet

import "context"

// Tend is Run without the watch on the index, whose system calls do not end in a synctest bubble.
func Tend(ctx context.Context, v *Valet) { tend(ctx, v) }
