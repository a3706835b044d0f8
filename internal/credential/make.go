package credential

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"fmt"
)

const keyBits = 2048 // what the documentation asks for at least (getting-started-1)

// ensured gives a mini app's record, and makes the first one when there is
// none. Two RSA keys take a good tenth of a second.
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
	private, err := s.newKey(ctx, privateOf+miniAppID)
	if err != nil {
		return Record{}, err
	}
	notify, err := s.newKey(ctx, notifyOf+miniAppID)
	if err != nil {
		return Record{}, err
	}
	first := Record{MiniAppID: miniAppID, Generation: 1, PrivateKey: private, NotifyKey: notify, MadeAt: s.Clock.Now().UnixMilli()}
	err = s.DB.Write(ctx, func(tx Tx) error {
		if err := tx.Credentials().Insert(ctx, first); err != nil {
			return err
		}
		r, _, err = tx.Credentials().Get(ctx, miniAppID) // another process may have been first
		return err
	})
	return r, err
}

// newKey makes a sealed RSA key. Making one cannot be interrupted: when ctx
// ends it is left behind, holds nothing, and ends by itself within a moment.
func (s *Service) newKey(ctx context.Context, place string) ([]byte, error) {
	type made struct {
		key *rsa.PrivateKey
		err error
	}
	done := make(chan made, 1)
	go func() {
		key, err := rsa.GenerateKey(rand.Reader, keyBits)
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
