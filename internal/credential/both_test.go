package credential_test

import (
	"context"
	"crypto/rsa"
	"sync"
	"testing"
	"time"
)

// Both first keys are made at the same time: neither waits for the other.
func TestOf_makes_both_first_keys_at_the_same_time(t *testing.T) {
	t.Parallel()
	p := open(t)
	keys := readyKeys()
	var begun sync.WaitGroup
	begun.Add(2)
	p.NewKey = func() (*rsa.PrivateKey, error) {
		begun.Done()
		begun.Wait() // until the other one begins
		return keys()
	}
	ctx, stop := context.WithTimeout(p.Ctx, 10*time.Second)
	defer stop()
	if _, err := p.Of(ctx, "kopi"); err != nil {
		t.Errorf("one key waits for the other: %v", err)
	}
}
