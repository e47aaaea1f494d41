//go:build !linux

package tray

import (
	"context"
	"encoding/binary"
	"runtime"
	"strings"
)

// There reports whether this desktop has a tray: Windows and macOS always do.
func There(context.Context) bool { return runtime.GOOS == "windows" || runtime.GOOS == "darwin" }

// Watch does nothing: these trays stay.
func Watch(context.Context, func(there bool)) {}

// OnMain reports whether [Start] needs the main goroutine.
const OnMain = true

func first(string, []byte) {}

// iconFor gives Windows an icon file: a header, one entry, and the picture as it is.
func iconFor(png []byte) []byte {
	if runtime.GOOS != "windows" || len(png) < 24 {
		return png
	}
	const head, entry = 6, 16
	ico := binary.LittleEndian.AppendUint16(nil, 0)
	ico = binary.LittleEndian.AppendUint16(ico, 1) // icons, not cursors
	ico = binary.LittleEndian.AppendUint16(ico, 1) // one of them
	ico = append(ico, png[19], png[23], 0, 0)      // width and height, below 256; no colour table
	ico = binary.LittleEndian.AppendUint16(ico, 1)
	ico = binary.LittleEndian.AppendUint16(ico, 32)
	ico = binary.LittleEndian.AppendUint32(ico, uint32(len(png)))
	ico = binary.LittleEndian.AppendUint32(ico, head+entry)
	return append(ico, png...)
}

// literally keeps an ampersand from being read as the mark of a key.
func literally(text string) string {
	if runtime.GOOS == "windows" {
		return strings.ReplaceAll(text, "&", "&&")
	}
	return text
}
