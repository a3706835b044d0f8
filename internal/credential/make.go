package credential

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"fmt"
	"sync"
)

const keyBits = 2048 // the documented minimum (getting-started-1)

// ensured returns a mini app's record. When there is none, it makes the first one; its two
// RSA keys are made at the same time, in about 0.05 s each.
func (s *Service) ensured(ctx context.Context, miniAppID string) (Record, error) {
	r, found, err := s.record(ctx, miniAppID)
	if err != nil || found {
		return r, err
	}
	s.making.Lock()
	defer s.making.Unlock()
	if r, found, err = s.record(ctx, miniAppID); err != nil || found {
		return r, err
	}
	private, notify, err := s.newKeys(ctx, miniAppID)
	if err != nil {
		return Record{}, err
	}
	first := Record{MiniAppID: miniAppID, Generation: 1, PrivateKey: private, NotifyKey: notify, MadeAt: s.Clock.Now().UnixMilli()}
	err = s.DB.Write(ctx, func(tx Tx) error {
		if err := tx.Credentials().Insert(ctx, first); err != nil {
			return err
		}
		r, _, err = tx.Credentials().Get(ctx, miniAppID) // a concurrent process may have inserted its record first
		return err
	})
	return r, err
}

// newKeys makes both keys of a mini app at the same time.
func (s *Service) newKeys(ctx context.Context, miniAppID string) (private, notify []byte, err error) {
	var other error
	var making sync.WaitGroup
	making.Go(func() { notify, other = s.newKey(ctx, notifyOf+miniAppID) })
	private, err = s.newKey(ctx, privateOf+miniAppID)
	making.Wait()
	return private, notify, cmp.Or(err, other)
}

// newKey makes an encrypted RSA key. Key generation cannot be cancelled: when ctx is
// cancelled, newKey returns, and its goroutine ends soon without holding any lock.
func (s *Service) newKey(ctx context.Context, place string) ([]byte, error) {
	type made struct {
		key *rsa.PrivateKey
		err error
	}
	generate := s.NewKey
	if generate == nil {
		generate = randomKey
	}
	done := make(chan made, 1)
	go func() {
		key, err := generate()
		done <- made{key, err}
	}()
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case m := <-done:
		if m.err != nil {
			return nil, fmt.Errorf("making an RSA key: %w", m.err)
		}
		return s.Key.Encrypt(string(privateDER(m.key)), place), nil
	}
}

func randomKey() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, keyBits) }
