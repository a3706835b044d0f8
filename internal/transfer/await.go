package transfer

import (
	"context"
	"time"

	"github.com/selasar/selasar/internal/problem"
)

// lookEvery is how often Await reads a transfer that another process may have settled.
const lookEvery = 200 * time.Millisecond

// Await wakes the sender, and returns a transfer when it has ended. After Patience it
// returns the transfer as it is. An unknown id is a problem NotFound.
func (s *Sender) Await(ctx context.Context, id string) (t Transfer, err error) {
	limit := time.NewTimer(s.Patience)
	defer limit.Stop()
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	defer s.awaits(id)()
	s.Wake()
	for over := false; ; {
		s.mu.Lock()
		ended := s.ended
		s.mu.Unlock()
		if t, err = s.get(ctx, id); err != nil || t.State != Sending || over {
			return t, err
		}
		select {
		case <-ctx.Done():
			return t, ctx.Err()
		case <-limit.C:
			over = true
		case <-ended:
		case <-look.C:
		}
	}
}

// awaits counts a caller of a transfer until done is called.
func (s *Sender) awaits(id string) (done func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.awaited[id]++
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.awaited[id]--; s.awaited[id] == 0 {
			delete(s.awaited, id)
		}
	}
}

// unawaited reports whether no caller waits for a transfer. A caller in another process may
// wait for a while after the transfer was stored.
func (s *Sender) unawaited(t Transfer) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	young := s.Clock.Now().UnixMilli()-t.CreatedAt < 2*s.Patience.Milliseconds()
	return s.awaited[t.ID] == 0 && (s.Alone || !young)
}

func (s *Sender) get(ctx context.Context, id string) (t Transfer, err error) {
	found := false
	err = s.DB.Read(ctx, func(tx Tx) (err error) { t, found, err = tx.Transfers().Get(ctx, id); return err })
	if err == nil && !found {
		err = problem.New(problem.NotFound, "there is no transfer %q", id)
	}
	return t, err
}
