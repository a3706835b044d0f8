package command

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"sync"
)

const (
	keptLines  = 60 // to find the cause of an exit above a long stack
	shownLines = 20
	longLine   = 8 << 10 // longer lines are split after this many bytes
)

// lineWriter writes whole lines with a prefix, and keeps the last ones.
type lineWriter struct {
	out    io.Writer
	prefix string

	mu      sync.Mutex
	pending []byte
	kept    []string
	printed []printed
}

func newLineWriter(out io.Writer, prefix string) *lineWriter {
	if out == nil {
		out = io.Discard
	}
	return &lineWriter{out: out, prefix: prefix}
}

// Write never fails: a closed terminal must not stop the command.
func (w *lineWriter) Write(data []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.pending = append(w.pending, data...)
	for {
		end := bytes.IndexByte(w.pending, '\n')
		if end < 0 && len(w.pending) < longLine {
			return len(data), nil
		}
		next := end + 1
		if end < 0 || end > longLine {
			end, next = longLine, longLine
		}
		w.emit(w.pending[:end])
		w.pending = w.pending[next:]
	}
}

// flush writes the text after the last line end.
func (w *lineWriter) flush() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.pending) > 0 {
		w.emit(w.pending)
		w.pending = nil
	}
}

func (w *lineWriter) emit(line []byte) {
	text := strings.TrimSuffix(string(line), "\r")
	_, _ = io.WriteString(w.out, w.prefix+text+"\n")
	if strings.TrimSpace(text) == "" {
		return
	}
	w.printed = remember(w.printed, text)
	if len(w.kept) == keptLines {
		w.kept = w.kept[1:]
	}
	w.kept = append(w.kept, text)
}

// note writes a line that does not come from the command.
func (w *lineWriter) note(text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	_, _ = io.WriteString(w.out, w.prefix+text+"\n")
}

// last returns the last lines that are not blank, oldest first.
func (w *lineWriter) last() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.kept[max(0, len(w.kept)-shownLines):])
}

// cause returns the last line that says something about an exit, or an empty string.
func (w *lineWriter) cause() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return causeOf(w.kept)
}

// addresses returns the addresses that the command printed.
func (w *lineWriter) addresses() []printed {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.printed)
}
