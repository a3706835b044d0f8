package simulator

import (
	"fmt"
	"time"

	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/strict"
)

// maxAcceleration is the largest acceleration in m/s².
const maxAcceleration = 200

// movementTime is the duration of one movement of a shake.
const movementTime = 60 * time.Millisecond

// shaken is the newest shake, with its time.
type shaken struct {
	device.Shake
	at time.Time
}

// movement returns the acceleration along x that a shake adds: movements to the right
// and to the left, one after another.
func (s shaken) movement(now time.Time) float64 {
	passed := now.Sub(s.at)
	n := int(passed / movementTime)
	switch {
	case s.Number == 0 || passed < 0 || n >= s.Times:
		return 0
	case n%2 == 0:
		return s.Strength
	default:
		return -s.Strength
	}
}

// Shake is a request to shake the device.
type Shake struct {
	Strength *float64 `json:"strength"` // m/s²; 25 if it is absent
	Times    *int     `json:"times"`    // movements; 4 if it is absent
}

// Shake shakes the device once.
func (s *Simulator) Shake(body []byte) error {
	var in Shake
	if err := decode(body, &in); err != nil {
		return err
	}
	strength, times := 25.0, 4
	if in.Strength != nil {
		strength = *in.Strength
	}
	if in.Times != nil {
		times = *in.Times
	}
	switch {
	case !(strength > 0 && strength <= maxAcceleration):
		return problem.New(problem.BadRequest, "strength lies above 0, up to %d m/s²", maxAcceleration)
	case times < 1 || times > 50:
		return problem.New(problem.BadRequest, "times is a number of movements, from 1 to 50")
	}
	now := s.clock.Now()
	s.mu.Lock()
	s.shaken = shaken{device.Shake{
		Number: s.shaken.Number + 1, Strength: strength, Times: times, Peak: device.Vector{X: strength},
	}, now}
	s.mu.Unlock()
	s.tell(event.DeviceShaken.Entry(event.Scope{}, event.Shake{Strength: strength, Times: times}))
	return nil
}

// blown is the newest blow into the microphone.
type blown struct {
	at       time.Time
	duration time.Duration
}

// strength returns the strength of a blow at a time. On iOS it rises from 0 to 1; Android
// only knows that somebody blows.
func (b blown) strength(now time.Time, os device.OS) float64 {
	passed := now.Sub(b.at)
	switch {
	case b.duration == 0 || passed < 0 || passed > b.duration:
		return 0
	case os == device.Android:
		return 1
	default:
		return max(0.01, float64(passed)/float64(b.duration))
	}
}

// Blow blows into the microphone for duration_ms: 1000 if it is absent.
func (s *Simulator) Blow(body []byte) error {
	in := struct {
		DurationMS *int64 `json:"duration_ms"`
	}{}
	if err := decode(body, &in); err != nil {
		return err
	}
	ms := int64(1000)
	if in.DurationMS != nil {
		ms = *in.DurationMS
	}
	if ms < 1 || ms > 60_000 {
		return problem.New(problem.BadRequest, "duration_ms lies between 1 and 60000")
	}
	now := s.clock.Now()
	s.mu.Lock()
	s.blown = blown{now, time.Duration(ms) * time.Millisecond}
	s.mu.Unlock()
	s.tell(event.DeviceBlown.Entry(event.Scope{}, event.Blow{DurationMS: ms}))
	return nil
}

// decode reads the body of a gesture; an empty body is an empty object.
func decode(body []byte, v any) error {
	if len(body) == 0 {
		return nil
	}
	if err := strict.Decode(body, v); err != nil {
		return problem.New(problem.BadRequest, "%v", fmt.Errorf("the gesture: %w", err))
	}
	return nil
}
