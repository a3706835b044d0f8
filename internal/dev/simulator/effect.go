package simulator

import "github.com/selasar/selasar/internal/bus"

// react keeps the effects of calls that later reads of the device return.
func (s *Simulator) react(_ bus.Of, e bus.Event) {
	written, ok := e.Data.(bus.Clipboard)
	if !ok {
		return
	}
	s.changing.Lock() // a change of the device must not lose it
	defer s.changing.Unlock()
	s.mu.Lock()
	s.device.Clipboard = written.Text
	s.announce()
	s.mu.Unlock()
}
