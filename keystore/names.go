package keystore

import (
	"crypto/sha256"
	"encoding/hex"
)

// plainName is how long a name may be to be used as it is.
const plainName = 64

// itemName is what an item, and its lock, is called in the system's own store. Short names of lower-case letters, digits and
// dashes stand for themselves; any other becomes an underscore and its SHA-256. So no two names meet, not even where
// capitals count for nothing (Windows) or a colon or slash means something, and no part of an item (parts.go puts a dot in
// its name) meets another item.
func itemName(name string) (string, error) {
	if name == "" {
		return "", errNoName
	}
	if isPlain(name) {
		return name, nil
	}
	sum := sha256.Sum256([]byte(name))
	return "_" + hex.EncodeToString(sum[:]), nil
}

func isPlain(name string) bool {
	if len(name) > plainName {
		return false
	}
	for _, c := range []byte(name) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return !reservedName(name)
}

// reservedName keeps away from the file names that Windows gives to devices: a lock file may not be called "con.lock" there.
func reservedName(name string) bool {
	switch name {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(name) == 4 && (name[:3] == "com" || name[:3] == "lpt")
}
