// Package trace carries the W3C Trace Context (https://www.w3.org/TR/trace-context/) of a
// request: the header traceparent. Selasar makes no spans of its own. It accepts a
// caller's trace, shows it in logs and in the journal, and sends it on.
package trace

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"regexp"
)

// Header is the name of the header.
const Header = "Traceparent"

// Parent is a valid traceparent of version 00; empty for none.
type Parent string

var form = regexp.MustCompile(`^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$`)

const (
	noTrace = "00000000000000000000000000000000"
	noSpan  = "0000000000000000"
)

// Parse returns the parent in a header. It is empty for a missing or malformed one, which
// a receiver must ignore (section 3.2.2).
func Parse(header string) Parent {
	parts := form.FindStringSubmatch(header)
	if parts == nil || parts[1] == noTrace || parts[2] == noSpan {
		return ""
	}
	return Parent(header)
}

// ID returns the trace id, 32 hex digits; empty for none.
func (p Parent) ID() string {
	if p == "" {
		return ""
	}
	return string(p[3:35])
}

// Child returns the parent for a request that Selasar sends: the same trace, with a new
// span id.
func (p Parent) Child() Parent {
	if p == "" {
		return ""
	}
	var span [8]byte
	_, _ = rand.Read(span[:]) // never fails (crypto/rand)
	span[0] |= 1              // a span id of zeros is invalid
	return p[:36] + Parent(hex.EncodeToString(span[:])) + p[52:]
}

type key struct{}

// With returns a context with a parent.
func With(ctx context.Context, p Parent) context.Context {
	if p == "" {
		return ctx
	}
	return context.WithValue(ctx, key{}, p)
}

// Of returns the parent of a context; empty for none.
func Of(ctx context.Context) Parent {
	p, _ := ctx.Value(key{}).(Parent)
	return p
}
