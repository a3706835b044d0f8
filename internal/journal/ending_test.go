package journal_test

import (
	"context"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/journal"
)

// endingSaver cancels the journal's context during a save.
type endingSaver struct {
	end  context.CancelFunc
	kept []journal.Entry
}

func (s *endingSaver) SaveTraces(ctx context.Context, entries []journal.Entry) error {
	s.end()
	if err := ctx.Err(); err != nil { // like a database with a cancelled context
		return err
	}
	s.kept = append(s.kept, entries...)
	return nil
}

func TestRun_loses_no_trace_when_cancelled_during_a_save(t *testing.T) {
	now := clock.NewFixed(time.UnixMilli(0))
	log := journal.NewLog(now, id.NewSource(now, nil))
	ctx, cancel := context.WithCancel(t.Context())
	saver := &endingSaver{end: cancel}
	log.Trace(journal.Entry{Title: "first"})
	log.Run(ctx, saver)
	log.Trace(journal.Entry{Title: "second"})
	log.Run(ctx, saver)
	if len(saver.kept) != 2 {
		t.Errorf("kept %+v, want both traces", saver.kept)
	}
}
