package simulator

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/dev/webview"
	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/jsapi/operation"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/setting"
	"github.com/selasar/selasar/internal/store"
)

// Tracer records journal entries that belong to no transaction.
type Tracer interface{ Trace(journal.Entry) }

// Simulator is the simulated device and its person. It is safe for concurrent use.
type Simulator struct {
	db      store.Database[setting.Tx]
	clock   *clock.Movable
	events  *bus.Bus
	journal Tracer

	// changing is locked from the read before a change until the change is stored. It
	// is not mu, because transactions read the device: waiting for a transaction with
	// mu locked would deadlock.
	changing sync.Mutex

	mu      sync.RWMutex
	device  Device
	answers Answers
	user    string // the current user's id
	faults  []Fault
	shaken  shaken
	blown   blown
	gallery gallery
	changed chan struct{}

	// Photos keeps the pictures of the automatic answer of the camera. Download gets a
	// file for GPFile.save. Both are set before the first call.
	Photos   Photos
	Download func(ctx context.Context, url string) (mediaType string, data []byte, err error)
	Link     *webview.Link // what requests and calls of the device cross
	Preset   func(*Device) // what the command line chose: applied to the stored device and after a reset; nil: nothing
}

// The names of the stored settings.
const (
	keptDevice  = "simulator.device"
	keptAnswers = "simulator.answers"
	keptUser    = "simulator.user"
	keptClock   = "simulator.clock_offset_ms"
)

// New returns a simulator with the initial device of a platform.
func New(db store.Database[setting.Tx], c *clock.Movable, events *bus.Bus, j Tracer) *Simulator {
	s := &Simulator{db: db, clock: c, events: events, journal: j, device: NewDevice(), answers: newAnswers(), changed: make(chan struct{}), Link: webview.NewLink()}
	events.React(s.react)
	return s
}

// Load restores the stored settings.
func (s *Simulator) Load(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.db.Read(ctx, func(tx setting.Tx) error {
		for name, v := range map[string]any{keptDevice: &s.device, keptAnswers: &s.answers, keptUser: &s.user} {
			if _, err := setting.Load(ctx, tx.Settings(), name, v); err != nil {
				return err
			}
		}
		s.device.Background = false
		s.preset(&s.device)
		s.Link.Set(s.device.Network)
		return nil
	})
}

func (s *Simulator) preset(d *Device) {
	if s.Preset != nil {
		s.Preset(d)
	}
}

// ClockOffset returns the stored offset of the clock.
func ClockOffset(ctx context.Context, s setting.Store) (time.Duration, error) {
	var ms int64
	_, err := setting.Load(ctx, s, keptClock, &ms)
	return time.Duration(ms) * time.Millisecond, err
}

// Reset restores the initial state, for a platform that was emptied.
func (s *Simulator) Reset() {
	s.mu.Lock()
	s.device, s.answers, s.user, s.faults = NewDevice(), newAnswers(), "", nil
	s.shaken, s.blown, s.gallery = shaken{}, blown{}, gallery{}
	s.preset(&s.device)
	s.mu.Unlock()
	s.Link.Set(webview.Network{})
	s.clock.Reset()
	s.Changed()
}

// Now returns the current device.
func (s *Simulator) Now() Device {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.device
}

// Answers returns the automatic answers.
func (s *Simulator) Answers() Answers {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.answers
}

// User returns the current user's id.
func (s *Simulator) User() string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.user
}

// Change merges a change (RFC 7396) into the device. It takes effect in open launches
// immediately.
func (s *Simulator) Change(ctx context.Context, patch []byte) (Device, error) {
	s.changing.Lock()
	defer s.changing.Unlock()
	changed, err := merge(s.Now(), patch)
	if err == nil {
		if p := changed.Location.Path; p != nil && p.StartedAt == 0 {
			p.StartedAt = s.clock.Now().UnixMilli()
		}
		if p := changed.Motion.Path; p != nil && p.StartedAt == 0 {
			p.StartedAt = s.clock.Now().UnixMilli()
		}
		if err = keepsPlace(patch); err == nil {
			err = changed.validate()
		}
		if err != nil {
			err = problem.New(problem.BadRequest, "%v", err)
		}
	}
	if err == nil {
		err = s.keep(ctx, keptDevice, changed)
	}
	if err != nil {
		return Device{}, err
	}
	s.mu.Lock()
	s.device = changed
	s.mu.Unlock()
	s.Link.Set(changed.Network)
	s.tell(event.DeviceChanged.Entry(event.Scope{}, event.Patch(patch)))
	s.events.Publish(bus.Of{}, bus.New(bus.DeviceChanged, bus.DeviceChange{}))
	return changed, nil
}

// Choose merges a change into the automatic answers.
func (s *Simulator) Choose(ctx context.Context, patch []byte) (Answers, error) {
	s.changing.Lock()
	defer s.changing.Unlock()
	changed, err := merge(s.Answers(), patch)
	if err == nil {
		if err = changed.validate(); err != nil {
			err = problem.New(problem.BadRequest, "%v", err)
		}
	}
	if err == nil {
		err = s.keep(ctx, keptAnswers, changed)
	}
	if err != nil {
		return Answers{}, err
	}
	s.mu.Lock()
	s.answers = changed
	s.mu.Unlock()
	s.tell(event.AnswersChosen.Entry(event.Scope{}, event.Answers(changed)))
	return changed, nil
}

// Switch makes a user the current one.
func (s *Simulator) Switch(ctx context.Context, userID string) error {
	if err := s.Begin(ctx, userID); err != nil {
		return err
	}
	s.tell(event.UserSwitched.Entry(event.Scope{}, event.UserSwitch{UserID: userID}))
	return nil
}

// Begin makes a user the first current one. The journal has no entry of it.
func (s *Simulator) Begin(ctx context.Context, userID string) error {
	if err := s.keep(ctx, keptUser, userID); err != nil {
		return err
	}
	s.mu.Lock()
	s.user = userID
	s.mu.Unlock()
	s.Changed()
	return nil
}

// Advance moves the clock forward.
func (s *Simulator) Advance(ctx context.Context, by time.Duration) error {
	if err := s.clock.Advance(by); err != nil {
		return problem.New(problem.BadRequest, "%v", err)
	}
	if err := s.keep(ctx, keptClock, s.clock.Offset().Milliseconds()); err != nil {
		return err
	}
	s.tell(event.ClockAdvanced.Entry(event.Scope{}, event.ClockMove{AdvancedMS: by.Milliseconds(), OffsetMS: s.clock.Offset().Milliseconds()}))
	return nil
}

func (s *Simulator) keep(ctx context.Context, name string, v any) error {
	return s.db.Write(ctx, func(tx setting.Tx) error { return setting.Save(ctx, tx.Settings(), name, v) })
}

func (s *Simulator) tell(e journal.Entry) {
	s.journal.Trace(e)
	s.Changed()
}

// Changed notifies the watchers of a change of the simulator.
func (s *Simulator) Changed() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.announce()
}

// announce is Changed for a caller that has mu locked.
func (s *Simulator) announce() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// Watch returns a channel that is closed at the next change.
func (s *Simulator) Watch() <-chan struct{} {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.changed
}

// Device returns the device to the engine; all launches share it.
func (s *Simulator) Device(context.Context, string) (device.Device, error) {
	return s.Now().state(), nil
}

// Respond answers for the device, and for the person if an automatic answer is set.
func (s *Simulator) Respond(ctx context.Context, a ask.Ask) (answer json.RawMessage, by event.Settler, ok bool) {
	chosen := s.Answers()
	switch a.Kind {
	case ask.Consent:
		return byPolicy(chosen.Consent)
	case ask.Payment:
		return byPolicy(chosen.Payment)
	case ask.Deeplink:
		return byPolicy(chosen.Deeplink)
	case ask.Share:
		return byPolicy(chosen.Share)
	case ask.URI:
		return byPolicy(chosen.URI)
	case ask.Camera:
		return s.photograph(ctx, a, chosen.Camera)
	case ask.Location:
		now := s.clock.Now()
		at := s.Now().Location.position(now)
		return sensed(map[string]any{"latitude": at.Latitude, "longitude": at.Longitude, "time": now.UnixMilli()})
	case ask.SystemInfo:
		return sensed(s.Now().systemInfo())
	case ask.WifiInfo:
		wifi := s.Now().Wifi
		return sensed(operation.WifiInfo{BSSID: wifi.BSSID, SSID: wifi.SSID})
	default:
		return nil, "", false
	}
}

func byPolicy(answer string) (json.RawMessage, event.Settler, bool) {
	if answer == byAsking {
		return nil, "", false
	}
	return journal.Detail(map[string]string{"answer": answer}), event.ByPolicy, true
}

func sensed(data any) (json.RawMessage, event.Settler, bool) {
	return journal.Detail(map[string]any{"answer": "ok", "data": data}), event.ByDevice, true
}
