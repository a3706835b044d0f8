package server

import (
	"fmt"
	"time"

	"github.com/selasar/selasar/internal/limit"
	"github.com/selasar/selasar/internal/signature"
)

// Limits are times and rates that an operator may choose. Zero means the documented time; where
// the documentation is silent, docs/decisions has the time.
type Limits struct {
	// CodeLife is the lifetime of an auth code, for every generation: 1 to 10 minutes
	// (RFC 6749, 4.1.2; ASVS 5.0, 10.4.3). Zero: 5 minutes for the MiniAppSDK, 6 for
	// containers.
	CodeLife time.Duration
	// TimestampWindow is the largest difference between X-TIMESTAMP and the
	// platform's clock, in both directions: 1 second to 1 hour. Zero: 5 minutes.
	TimestampWindow time.Duration
	// Rates are the rates of requests; zero ones limit nothing.
	Rates limit.Rates
}

// Check returns an error for a limit outside its range. It names the flag.
func (l Limits) Check() error {
	for _, one := range []struct {
		flag, what  string
		value       time.Duration
		least, most time.Duration
	}{
		{"--code-life", "an auth code lives", l.CodeLife, time.Minute, 10 * time.Minute},
		{"--timestamp-window", "the window around X-TIMESTAMP is", l.TimestampWindow, time.Second, time.Hour},
	} {
		if one.value != 0 && (one.value < one.least || one.value > one.most) {
			return fmt.Errorf("%s %s: %s %s to %s", one.flag, short(one.value), one.what, short(one.least), short(one.most))
		}
	}
	return nil
}

// window returns the time in force.
func (l Limits) window() time.Duration {
	if l.TimestampWindow == 0 {
		return signature.Window
	}
	return l.TimestampWindow
}

// short formats a duration as a person types it: 1m and not 1m0s.
func short(d time.Duration) string {
	switch {
	case d%time.Hour == 0:
		return fmt.Sprintf("%dh", d/time.Hour)
	case d%time.Minute == 0:
		return fmt.Sprintf("%dm", d/time.Minute)
	default:
		return d.String()
	}
}
