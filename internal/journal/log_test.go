package journal

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/id"
)

var noon = time.UnixMilli(1_795_000_000_000)

func newLog() *Log {
	c := clock.NewFixed(noon)
	return NewLog(c, id.NewSource(c, nil))
}

// titles returns the titles of entries with their sequence numbers.
func titles(entries []Entry) string {
	var parts []string
	for _, e := range entries {
		parts = append(parts, fmt.Sprintf("%d:%s", e.Seq, e.Title))
	}
	return strings.Join(parts, " ")
}

func since(l *Log, after int64, limit int) string {
	entries, _, _ := l.Since(after, limit)
	return titles(entries)
}

func TestLog_numbers_and_stamps_entries_and_returns_pages(t *testing.T) {
	l := newLog()
	if entries, last, _ := l.Since(0, 10); len(entries) != 0 || last != 0 {
		t.Errorf("an empty journal has %v up to %d", entries, last)
	}
	l.Trace(Entry{Title: "a"})
	l.Publish(Entry{ID: "own", At: 5, Title: "b"}, Entry{Title: "c"})
	l.Publish()
	for after, want := range map[int64]string{-3: "1:a 2:b 3:c", 0: "1:a 2:b 3:c", 1: "2:b 3:c", 3: "", 4: "", 1 << 62: ""} {
		if got := since(l, after, 0); got != want {
			t.Errorf("after %d: %s, want %s", after, got, want)
		}
	}
	if got := since(l, 0, 2); got != "2:b 3:c" {
		t.Errorf("the newest two are %s", got)
	}
	entries, last, _ := l.Since(0, 0)
	if last != 3 || entries[0].ID == "" || entries[0].At != noon.UnixMilli() || entries[1].ID != "own" || entries[1].At != 5 {
		t.Errorf("got %+v up to %d", entries, last)
	}
	entries[0].Title = "altered"
	if got := since(l, 0, 1<<40); got != "1:a 2:b 3:c" {
		t.Errorf("a reader changed the journal: %s", got)
	}
}

// The pages before an entry are in the order of the journal, not in that of the ids.
func TestLog_pages_before_an_entry(t *testing.T) {
	l := newLog()
	for _, id := range []string{"1", "3", "2", "5", "4"} {
		l.Publish(Entry{ID: id, Title: id})
	}
	for id, want := range map[string]string{"4": "3:2 4:5", "5": "2:3 3:2", "2": "1:1 2:3", "3": "1:1", "1": "", "unknown": ""} {
		if got := titles(l.Before(id, 2)); got != want {
			t.Errorf("before %s: %s, want %s", id, got, want)
		}
	}
}

func TestLog_wakes_waiting_readers(t *testing.T) {
	l := newLog()
	_, _, more := l.Since(0, 0)
	select {
	case <-more:
		t.Fatal("woken without a new entry")
	default:
	}
	l.Trace(Entry{Title: "a"})
	<-more
	_, last, more := l.Since(0, 0)
	_ = l.Clear(func() error { return nil })
	l.Publish(Entry{Title: "b"})
	<-more
	if got := since(l, last, 0); got != "2:b" || l.Cleared() != 1 {
		t.Errorf("after it was cleared: %s", got)
	}
}

func TestLog_keeps_the_newest_ten_thousand_entries(t *testing.T) {
	l := newLog()
	for range keptEntries + 25 {
		l.Publish(Entry{Title: "x"})
	}
	entries, last, _ := l.Since(0, 0)
	if len(entries) != keptEntries || entries[0].Seq != 26 || last != keptEntries+25 {
		t.Errorf("%d entries from %d up to %d", len(entries), entries[0].Seq, last)
	}
	if got := since(l, 3, 1); got != fmt.Sprintf("%d:x", last) {
		t.Errorf("after one that is gone: %s", got)
	}
}

func TestLog_keeps_at_most_eight_megabytes_but_at_least_one_entry(t *testing.T) {
	l := newLog()
	big := json.RawMessage(`"` + strings.Repeat("x ", 500_000) + `"`)
	for range 100 {
		l.Publish(Entry{Detail: big})
	}
	entries, last, _ := l.Since(0, 0)
	if len(entries) > 8 || len(entries) < 7 || last != 100 || l.bytes > keptBytes {
		t.Errorf("%d entries, %d bytes", len(entries), l.bytes)
	}
	l.Publish(Entry{Title: strings.Repeat("y ", keptBytes)})
	if entries, _, _ := l.Since(0, 0); len(entries) != 1 || entries[0].Seq != 101 {
		t.Errorf("%d entries beside a huge one", len(entries))
	}
	l.Publish(Entry{Title: "z"})
	if got := since(l, 0, 0); got != "102:z" || l.bytes != size(Entry{Title: "z"}) {
		t.Errorf("%.80s, %d bytes", got, l.bytes)
	}
}

// disk is a saver that can fail, and signals each call.
type disk struct {
	mu     sync.Mutex
	saved  []Entry
	fails  bool
	called chan struct{}
}

func (d *disk) SaveTraces(ctx context.Context, entries []Entry) error {
	if err := ctx.Err(); err != nil {
		return err // like a database
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	select {
	case d.called <- struct{}{}:
	default:
	}
	if d.fails {
		return errors.New("the disk is full")
	}
	d.saved = append(d.saved, entries...)
	return nil
}

func TestRun_saves_each_trace_once_and_the_rest_at_the_end(t *testing.T) {
	l, d := newLog(), &disk{called: make(chan struct{}, 1)}
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { l.Run(ctx, d) })
	l.Trace(Entry{Title: "a"})
	<-d.called
	l.Publish(Entry{Title: "saved by others"})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 100 {
				l.Trace(Entry{Title: "b"})
			}
		})
	}
	all.Wait()
	cancel()
	running.Wait()
	ids := map[string]bool{}
	for _, e := range d.saved {
		ids[e.ID] = true
		if e.Title == "saved by others" {
			t.Error("an entry that was already saved is saved again")
		}
	}
	if len(d.saved) != 801 || len(ids) != 801 || d.saved[0].Title != "a" {
		t.Errorf("%d saved, %d of them once", len(d.saved), len(ids))
	}
}

func TestRun_saves_the_last_traces_when_cancelled(t *testing.T) {
	for range 50 {
		l, d := newLog(), &disk{called: make(chan struct{}, 1)}
		ctx, cancel := context.WithCancel(t.Context())
		l.Trace(Entry{Title: "a"})
		cancel()
		l.Run(ctx, d)
		if len(d.saved) != 1 {
			t.Fatal("a trace from just before the end is lost")
		}
	}
}

func TestRun_continues_after_a_failed_save(t *testing.T) {
	l, d := newLog(), &disk{called: make(chan struct{}, 1), fails: true}
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { l.Run(ctx, d) })
	l.Trace(Entry{Title: "late"})
	<-d.called
	d.mu.Lock()
	d.fails = false
	d.mu.Unlock()
	l.Trace(Entry{Title: "kept"})
	cancel()
	running.Wait()
	if len(d.saved) != 2 || d.saved[0].Title != "late" || d.saved[1].Title != "kept" {
		t.Errorf("saved %s", titles(d.saved))
	}
}

func TestRun_retries_traces_of_a_failed_save(t *testing.T) {
	l, d := newLog(), &disk{called: make(chan struct{}), fails: true}
	ctx, cancel := context.WithCancel(t.Context())
	saves := saverFunc(func(ctx context.Context, entries []Entry) error {
		err := d.SaveTraces(ctx, entries)
		if d.fails = false; err == nil {
			cancel()
		}
		return err
	})
	l.Trace(Entry{Title: "late"})
	l.Run(ctx, saves) // nothing else wakes it
	if titles(d.saved) != "0:late" {
		t.Errorf("saved %s", titles(d.saved))
	}
}

func TestClear_discards_unsaved_traces(t *testing.T) {
	l, emptied := newLog(), make(chan struct{})
	l.Trace(Entry{Title: "gone"})
	refused := errors.New("the disk is full")
	if err := l.Clear(func() error { return refused }); !errors.Is(err, refused) || since(l, 0, 0) == "" {
		t.Fatalf("after a failed reset: %v; shown %q", err, since(l, 0, 0))
	}
	l.save(t.Context(), saverFunc(func(context.Context, []Entry) error {
		go func() {
			_ = l.Clear(func() error { return nil })
			close(emptied)
		}()
		select {
		case <-emptied:
			t.Error("cleared during a save")
		case <-time.After(20 * time.Millisecond):
		}
		return refused
	}))
	<-emptied
	l.save(t.Context(), saverFunc(func(_ context.Context, entries []Entry) error {
		t.Errorf("saved %s", titles(entries))
		return nil
	}))
}

type saverFunc func(ctx context.Context, entries []Entry) error

func (f saverFunc) SaveTraces(ctx context.Context, entries []Entry) error { return f(ctx, entries) }

func TestTrace_without_a_saver_uses_bounded_memory(t *testing.T) {
	l := newLog()
	for range 2*keptEntries + 1 {
		l.Trace(Entry{Title: "x"})
	}
	if len(l.unsaved) != keptEntries || len(l.entries) != keptEntries {
		t.Errorf("%d unsaved, %d shown", len(l.unsaved), len(l.entries))
	}
	_ = l.Clear(func() error { return nil })
	if len(l.unsaved) != 0 || since(l, 0, 0) != "" {
		t.Error("it is not cleared")
	}
}

func TestDetail_shows_the_error_of_a_value_that_does_not_marshal(t *testing.T) {
	if got := string(Detail(map[string]any{"a": 1})); got != `{"a":1}` {
		t.Error(got)
	}
	if got := string(Detail(make(chan int))); !strings.Contains(got, "unreadable") {
		t.Error(got)
	}
}

// A newer version of an entry comes last, under its id and its time. Pages and streams go on
// from any sequence number.
func TestLog_Replace_moves_the_entry_to_the_end(t *testing.T) {
	l := newLog()
	l.Trace(Entry{Title: "a"})
	id := l.Begin(Entry{Title: "b", At: 7})
	l.Trace(Entry{Title: "c"})
	if !l.Replace(id, Entry{Title: "b2"}) || !l.Replace(id, Entry{Title: "b3"}) {
		t.Error("it is not replaced")
	}
	for after, want := range map[int64]string{0: "1:a 3:c 5:b3", 1: "3:c 5:b3", 2: "3:c 5:b3", 3: "5:b3", 4: "5:b3", 5: ""} {
		if got := since(l, after, 0); got != want {
			t.Errorf("after %d: %s, want %s", after, got, want)
		}
	}
	entries, _, _ := l.Since(4, 0)
	if entries[0].ID != id || entries[0].At != 7 {
		t.Errorf("the entry is %+v", entries[0])
	}
	if l.Replace("none", Entry{Title: "d"}) || since(l, 5, 0) != "" {
		t.Error("an entry that is not there is replaced")
	}
	if got := l.bytes; got != size(Entry{Title: "a"})+size(Entry{Title: "c"})+size(Entry{Title: "b3"}) {
		t.Errorf("the size is %d", got)
	}
}
