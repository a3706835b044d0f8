package browser

import (
	"bytes"
	"strings"
	"sync"
)

// output reads the standard error of a browser: the address of its protocol, and its last
// lines. exec.Cmd writes to it.
type output struct {
	address chan string // receives the address once

	mu    sync.Mutex
	rest  []byte // a line without its end
	lines []string
	found bool
}

// keptLines are the last lines that a message shows.
const keptLines = 3

func (o *output) Write(data []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.rest = append(o.rest, data...)
	for {
		line, rest, whole := bytes.Cut(o.rest, []byte("\n"))
		if !whole {
			return len(data), nil
		}
		o.rest = rest
		o.line(strings.TrimSpace(string(line)))
	}
}

func (o *output) line(line string) {
	if url, ok := strings.CutPrefix(line, "DevTools listening on "); ok && !o.found {
		o.found = true
		o.address <- url
	}
	if line != "" {
		o.lines = append(o.lines, line)
	}
	if len(o.lines) > keptLines {
		o.lines = o.lines[1:]
	}
}

// last returns the last lines as one.
func (o *output) last() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.lines) == 0 {
		return "it said nothing"
	}
	return strings.Join(o.lines, " | ")
}
