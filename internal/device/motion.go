package device

import "context"

// Sensors reads the motion sensors of a launch's device, many times in a second.
type Sensors interface {
	Motion(ctx context.Context, launchID string) (Motion, error)
}

// Motion is the state of the motion sensors at one moment. The axes are those of Android:
// x points to the right edge of the screen, y to its top edge, z out of the screen.
type Motion struct {
	At           int64   // ms since the epoch
	Acceleration Vector  // with gravity, in m/s²
	Gravity      Vector  // of length 1; away from the ground
	Heading      float64 // degrees from north, from 0 to below 360
	Shake        Shake   // the newest
	Blow         float64 // from 0, silence, to 1
}

// Vector is a vector in the axes of the device.
type Vector struct {
	X float64 `json:"x"`
	Y float64 `json:"y"`
	Z float64 `json:"z"`
}

// Shake is one shake of the device. Number increases with each shake; 0 means none yet.
type Shake struct {
	Number   int64
	Strength float64 // of its strongest movement, in m/s²
	Times    int     // movements
	Peak     Vector  // the strongest movement
}
