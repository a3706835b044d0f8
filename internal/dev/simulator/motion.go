package simulator

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/selasar/selasar/internal/device"
)

// Motion is how the person holds and moves the device. The angles are those of the W3C's
// DeviceOrientation: a device that lies on the table has beta 0 and gamma 0.
type Motion struct {
	Beta    float64 `json:"beta"`    // degrees from -180 to 180: the top edge up
	Gamma   float64 `json:"gamma"`   // degrees from -90 to 90: the right edge down
	Heading float64 `json:"heading"` // degrees from north, from 0 to below 360
	// Acceleration is the movement without gravity, in m/s².
	Acceleration device.Vector `json:"acceleration"`
	Path         *MotionPath   `json:"path,omitempty"` // overrides the angles
}

// MotionPath is a recorded movement.
type MotionPath struct {
	Points    []MotionPoint `json:"points"`
	Loop      bool          `json:"loop"`
	StartedAt int64         `json:"started_at"` // ms since the epoch; 0 in a change means now
}

// MotionPoint is one moment of a recorded movement. Between two points, the device turns
// steadily.
type MotionPoint struct {
	AtMS    int64   `json:"at_ms"` // from the start
	Beta    float64 `json:"beta"`
	Gamma   float64 `json:"gamma"`
	Heading float64 `json:"heading"`
}

// gravity is the standard acceleration of free fall, in m/s².
const gravity = 9.80665

// Motion reads the motion sensors; all launches share the device.
func (s *Simulator) Motion(context.Context, string) (device.Motion, error) {
	now := s.clock.Now()
	s.mu.RLock()
	m, shaken, blown, os := s.device.Motion, s.shaken, s.blown, s.device.OS
	s.mu.RUnlock()
	held := m.held(now)
	up := held.up()
	pull := shaken.movement(now)
	return device.Motion{
		At: now.UnixMilli(), Gravity: up, Heading: held.Heading,
		Acceleration: device.Vector{
			X: up.X*gravity + m.Acceleration.X + pull,
			Y: up.Y*gravity + m.Acceleration.Y,
			Z: up.Z*gravity + m.Acceleration.Z,
		},
		Shake: shaken.Shake, Blow: blown.strength(now, os),
	}, nil
}

// held returns the angles at a time.
func (m Motion) held(now time.Time) MotionPoint {
	if m.Path == nil {
		return MotionPoint{Beta: m.Beta, Gamma: m.Gamma, Heading: m.Heading}
	}
	return m.Path.at(now)
}

// up returns the direction away from the ground, in the axes of the device.
func (p MotionPoint) up() device.Vector {
	sinB, cosB := math.Sincos(p.Beta * math.Pi / 180)
	sinG, cosG := math.Sincos(p.Gamma * math.Pi / 180)
	return device.Vector{X: -cosB * sinG, Y: sinB, Z: cosB * cosG}
}

// at returns the angles of a recorded movement at a time. A movement that does not loop
// rests at its last point.
func (p MotionPath) at(now time.Time) MotionPoint {
	last := p.Points[len(p.Points)-1]
	passed := now.UnixMilli() - p.StartedAt
	if p.Loop && last.AtMS > 0 && passed > 0 {
		passed %= last.AtMS
	}
	for i, next := range p.Points {
		if passed > next.AtMS {
			continue
		}
		if i == 0 {
			return next
		}
		before := p.Points[i-1]
		return before.towards(next, float64(passed-before.AtMS)/float64(next.AtMS-before.AtMS))
	}
	return last
}

// towards returns the angles on the way to another point. A turn takes the shorter way.
func (p MotionPoint) towards(next MotionPoint, share float64) MotionPoint {
	turn := math.Mod(next.Heading-p.Heading+540, 360) - 180
	return MotionPoint{
		Beta:    p.Beta + (next.Beta-p.Beta)*share,
		Gamma:   p.Gamma + (next.Gamma-p.Gamma)*share,
		Heading: math.Mod(p.Heading+turn*share+360, 360),
	}
}

func (m Motion) validate() error {
	if err := (MotionPoint{Beta: m.Beta, Gamma: m.Gamma, Heading: m.Heading}).validate("motion"); err != nil {
		return err
	}
	for _, a := range []float64{m.Acceleration.X, m.Acceleration.Y, m.Acceleration.Z} {
		if math.Abs(a) > maxAcceleration {
			return fmt.Errorf("motion.acceleration lies between -%d and %d m/s²", maxAcceleration, maxAcceleration)
		}
	}
	if m.Path == nil {
		return nil
	}
	switch n := len(m.Path.Points); {
	case n < 2:
		return fmt.Errorf("motion.path needs at least two points")
	case n > 1000:
		return fmt.Errorf("motion.path takes at most 1000 points")
	}
	last := int64(-1)
	for i, point := range m.Path.Points {
		where := fmt.Sprintf("motion.path.points[%d]", i)
		if err := point.validate(where); err != nil {
			return err
		}
		if point.AtMS <= last {
			return fmt.Errorf("%s.at_ms is %d; it must be above that of the point before, from 0 on", where, point.AtMS)
		}
		last = point.AtMS
	}
	return nil
}

func (p MotionPoint) validate(where string) error {
	switch {
	case math.Abs(p.Beta) > 180:
		return fmt.Errorf("%s.beta lies between -180 and 180 degrees", where)
	case math.Abs(p.Gamma) > 90:
		return fmt.Errorf("%s.gamma lies between -90 and 90 degrees", where)
	case p.Heading < 0 || p.Heading >= 360:
		return fmt.Errorf("%s.heading lies between 0 and 360 degrees, and is below 360", where)
	}
	return nil
}
