package limit

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/problem"
)

// Rates are the rates of a platform, each for one name of its kind.
type Rates struct {
	Address Rate // an IPv4 address, or a network of 64 bits of IPv6
	Key     Rate // a key of the operator API
	MiniApp Rate // the requests of a mini app's backend
	User    Rate // the calls in a launch of a user
}

// Guard refuses requests above the rates. Its problem is TooManyRequests, with the wait
// as Facts of type [Wait]. A nil guard refuses nothing.
type Guard struct{ address, key, miniApp, user *Limiter }

// Wait is the time after which a refused request may come again.
type Wait time.Duration

// Seconds returns whole seconds, at least one, for Retry-After.
func (w Wait) Seconds() int { return max(1, int((time.Duration(w)+time.Second-1)/time.Second)) }

// NewGuard returns a guard with empty memory.
func NewGuard(c clock.Clock, r Rates) *Guard {
	return &Guard{New(c, r.Address), New(c, r.Key), New(c, r.MiniApp), New(c, r.User)}
}

// CountsAddresses reports whether a request's address matters.
func (g *Guard) CountsAddresses() bool { return g != nil && g.address != nil }

// Address counts a request of an IP address.
func (g *Guard) Address(text string) error {
	if !g.CountsAddresses() {
		return nil
	}
	if ip, err := netip.ParseAddr(text); err == nil {
		if ip = ip.Unmap(); ip.Is6() {
			ip = netip.PrefixFrom(ip, 64).Masked().Addr()
		}
		text = ip.WithZone("").String()
	}
	return g.address.check("this address", text)
}

// Key counts a request with a key of the operator API.
func (g *Guard) Key(id string) error {
	if g == nil {
		return nil
	}
	return g.key.check("this key", id)
}

// MiniApp counts a request of a mini app's backend.
func (g *Guard) MiniApp(id string) error {
	if g == nil {
		return nil
	}
	return g.miniApp.check("this mini app's backend", id)
}

// User counts a call in a launch. A launch belongs to one user.
func (g *Guard) User(launchID string) error {
	if g == nil {
		return nil
	}
	return g.user.check("this launch", launchID)
}

func (l *Limiter) check(of, name string) error {
	wait := Wait(l.Take(name))
	if wait == 0 {
		return nil
	}
	p := problem.New(problem.TooManyRequests, "too many requests from %s; wait %d s", of, wait.Seconds())
	p.Facts = wait
	return p
}

// WaitOf returns the wait of a problem, 0 for another problem.
func WaitOf(err error) Wait {
	wait, _ := problem.Of(err).Facts.(Wait)
	return wait
}

// burstOf is the burst in seconds of a rate without one.
const burstOf = 5

// ParseRate parses "off", a number of requests per second, or PER_SECOND:BURST.
func ParseRate(text string) (Rate, error) {
	if text == "off" {
		return Rate{}, nil
	}
	first, second, two := strings.Cut(text, ":")
	rate, err := strconv.Atoi(first)
	burst := rate * burstOf
	if two && err == nil {
		burst, err = strconv.Atoi(second)
	}
	if err != nil || rate < 1 || rate > 1_000_000 || burst < 1 || burst > 10_000_000 {
		return Rate{}, fmt.Errorf("%q is no rate: write requests per second, such as 100, or 100:500 for 500 at once, or off", text)
	}
	return Rate{rate, burst}, nil
}

// UnmarshalText is ParseRate, for flags and files.
func (r *Rate) UnmarshalText(text []byte) (err error) {
	*r, err = ParseRate(string(text))
	return err
}

// String returns the text that ParseRate parses.
func (r Rate) String() string {
	if r.PerSecond == 0 {
		return "off"
	}
	return fmt.Sprintf("%d:%d", r.PerSecond, r.Burst)
}
