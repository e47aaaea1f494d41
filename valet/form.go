package valet

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"strings"
)

// The index in our form is JSON like any other, with one connection a line:
//
//	{"version":1,"app_keys":[],"connections":[
//	{"id":"0a","name":"blue-fern",...},
//	{"id":"0b","name":"lantern-loom",...}
//	],"checksum":"crc32c:0f3a91c2"}
//
// The checksum is of all that stands before the line it is in. Where it fits, this program wrote the file and nobody has changed
// it since: it is split at the ends of its lines, and not checked again. All else is read as JSON and checked from end to end.
const (
	linesOpen  = `"connections":[`
	linesClose = "\n],\"checksum\":\"crc32c:%08x\"}\n"
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// readIndex reads the index, in our form or another. Errors: [errNewer], [errDamaged].
func readIndex(text string) (*image, error) {
	if body, ok := checked(text); ok {
		if i, ok := splitIndex(body); ok {
			i.text = text
			return i, nil
		}
	}
	return decodeIndex([]byte(text))
}

// checked gives what stands before the checksum, if it fits.
func checked(text string) (body string, ok bool) {
	at := strings.LastIndexByte(strings.TrimSuffix(text, "\n"), '\n')
	if at < 0 {
		return "", false
	}
	sum, chunk := uint32(0), make([]byte, 4096)
	for rest := text[:at]; rest != ""; {
		n := copy(chunk, rest)
		sum, rest = crc32.Update(sum, castagnoli, chunk[:n]), rest[n:]
	}
	return text[:at], text[at:] == fmt.Sprintf(linesClose, sum)
}

// splitIndex reads the body of an index in our form; its lines stay as they are.
func splitIndex(body string) (*image, bool) {
	head, rest, any := strings.Cut(body, "\n")
	if !strings.HasSuffix(head, linesOpen) {
		return nil, false
	}
	i, err := decodeIndex([]byte(head + "]}"))
	if err != nil {
		return nil, false
	}
	if !any {
		return i, true
	}
	i.Connections = make([]line, 0, strings.Count(rest, "\n")+1)
	for more := true; more; {
		var text string
		text, rest, more = strings.Cut(rest, "\n")
		l, ok := beginLine(strings.TrimSuffix(text, ","))
		if !ok {
			return nil, false
		}
		i.Connections = append(i.Connections, l)
	}
	return i, true
}

// inForm writes the index: head ends where its lines begin. It will be about as long as the one before.
func inForm(head []byte, lines []line, before int) string {
	var out bytes.Buffer
	out.Grow(before + 4096)
	out.Write(head)
	for n, l := range lines {
		if n > 0 {
			out.WriteByte(',')
		}
		out.WriteByte('\n')
		out.WriteString(l.text)
	}
	fmt.Fprintf(&out, linesClose, crc32.Checksum(out.Bytes(), castagnoli))
	return out.String()
}
