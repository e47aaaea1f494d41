package words

import (
	"strconv"
	"sync"
)

// memory keeps sentences that were said: a list of a thousand keys says the same few again and again.
type memory struct {
	mu   sync.Mutex
	said map[string]string
}

// memoryMost is how many sentences are kept; then it begins anew.
const memoryMost = 500

// again gives the sentence id with pairs, as say said it the first time.
func (m *memory) again(id string, pairs []any, say func() string) string {
	key := append(make([]byte, 0, 120), id...)
	for _, value := range pairs {
		switch value := value.(type) {
		case string:
			key = append(strconv.AppendInt(append(key, '"'), int64(len(value)), 10), '"')
			key = append(key, value...)
		case int:
			key = strconv.AppendInt(append(key, ' '), int64(value), 10)
		default:
			return say()
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if text, ok := m.said[string(key)]; ok {
		return text
	}
	if len(m.said) == memoryMost {
		clear(m.said)
	}
	if m.said == nil {
		m.said = make(map[string]string)
	}
	text := say()
	m.said[string(key)] = text
	return text
}
