package bus

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"
)

// heard takes all waiting events of a listener and returns their names.
func heard(t testing.TB, l *Listener) (names []string) {
	t.Helper()
	for {
		e, ok, err := l.Take()
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			return names
		}
		names = append(names, string(e.Event))
	}
}

func TestPublish_delivers_an_event_to_its_launches_only(t *testing.T) {
	b := NewBus()
	sari := b.Listen(Of{Launch: "a", User: "sari", MiniApp: "kopi"})
	budi := b.Listen(Of{Launch: "b", User: "budi", MiniApp: "kopi"})
	defer budi.Stop()
	for _, one := range []struct {
		to       Of
		toA, toB bool
	}{
		{Of{}, true, true},
		{Of{Launch: "a"}, true, false},
		{Of{Launch: "c"}, false, false},
		{Of{User: "budi"}, false, true},
		{Of{MiniApp: "kopi"}, true, true},
		{Of{MiniApp: "teh"}, false, false},
		{Of{User: "sari", MiniApp: "kopi"}, true, false},
		{Of{User: "sari", MiniApp: "teh"}, false, false},
		{Of{Launch: "a", User: "budi"}, false, false},
	} {
		b.Publish(one.to, New(DeviceChanged, nil))
		b.Offer(one.to, "k", New(ConsentChanged, nil))
		if gotA, gotB := len(heard(t, sari)) == 2, len(heard(t, budi)) == 2; gotA != one.toA || gotB != one.toB {
			t.Errorf("%+v reached a: %v, b: %v", one.to, gotA, gotB)
		}
	}
	sari.Stop()
	sari.Stop()
	b.Publish(Of{}, New(DeviceChanged, nil))
	if len(heard(t, sari)) != 0 || len(heard(t, budi)) != 1 {
		t.Error("a stopped listener still receives events, or a running one does not")
	}
	if len(b.listeners) != 1 {
		t.Errorf("%d listeners remain", len(b.listeners))
	}
}

func TestReadings_neither_push_out_nor_delay_a_reliable_event(t *testing.T) {
	b := NewBus()
	l := b.Listen(Of{Launch: "a"})
	defer l.Stop()
	for i := range 100_000 {
		b.Offer(Of{Launch: "a"}, "gyro", New("subscription.reading", i))
		switch i {
		case 10:
			b.Publish(Of{Launch: "a"}, New(ConsentChanged, "first"))
		case 99_990:
			b.Publish(Of{Launch: "a"}, New(CallSettled, "second"))
		}
	}
	for i, want := range []Event{New(ConsentChanged, "first"), New(CallSettled, "second"), New("subscription.reading", 99_999)} {
		if got, ok, err := l.Take(); !ok || err != nil || got != want {
			t.Errorf("%d: got %v %v %v, want %v", i, got, ok, err, want)
		}
	}
	if _, ok, _ := l.Take(); ok {
		t.Error("more than one reading of a subscription waited")
	}
}

func TestLossy_lane_takes_turns_and_delivers_no_dropped_event(t *testing.T) {
	b := NewBus()
	l := b.Listen(Of{})
	defer l.Stop()
	for _, key := range []string{"gyro", "compass", "shake", "gyro"} {
		b.Offer(Of{}, key, New(Name(key), nil))
	}
	b.Drop(Of{}, "compass")
	b.Drop(Of{}, "none")
	if got := fmt.Sprint(heard(t, l)); got != "[gyro shake]" {
		t.Errorf("received %s", got)
	}
}

func TestListener_that_falls_behind_is_ended_and_loses_no_single_event(t *testing.T) {
	b := NewBus()
	slow, quick := b.Listen(Of{Launch: "a"}), b.Listen(Of{Launch: "a"})
	defer slow.Stop()
	defer quick.Stop()
	for range Backlog {
		b.Publish(Of{}, New(DeviceChanged, nil))
	}
	if got := len(heard(t, quick)); got != Backlog {
		t.Fatalf("received %d of %d", got, Backlog)
	}
	b.Publish(Of{}, New(LaunchEnded, nil))
	b.Offer(Of{}, "k", New(DeviceChanged, nil))
	if _, _, err := slow.Take(); !errors.Is(err, ErrBehind) {
		t.Errorf("the slow listener got %v", err)
	}
	if got := fmt.Sprint(heard(t, quick)); got != "[launch.ended device.changed]" {
		t.Errorf("the quick listener received %s", got)
	}
}

func TestNext_waits_for_an_event_or_the_end_of_its_context(t *testing.T) {
	b := NewBus()
	l := b.Listen(Of{})
	defer l.Stop()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	go b.Publish(Of{}, New(DeviceChanged, nil))
	if e, err := l.Next(ctx); err != nil || e.Event != DeviceChanged {
		t.Errorf("got %v, %v", e, err)
	}
	cancel()
	if _, err := l.Next(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestEvent_has_its_machine_name_beside_the_name_on_the_wire(t *testing.T) {
	data, err := json.Marshal(New(ConsentChanged, map[string]string{"name": "location"}))
	if want := `{"name":"consent_changed","event":"consent.changed","data":{"name":"location"}}`; err != nil || string(data) != want {
		t.Errorf("got %s, want %s", data, want)
	}
}

func TestBus_serves_listeners_that_come_and_go(t *testing.T) {
	b := NewBus()
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			for range 200 {
				of := Of{Launch: fmt.Sprint(i % 4)}
				l := b.Listen(of)
				b.Publish(of, New(DeviceChanged, nil))
				if len(heard(t, l)) == 0 {
					t.Error("did not receive its own event")
				}
				l.Stop()
			}
		})
	}
	all.Wait()
	if len(b.listeners) != 0 {
		t.Errorf("%d listeners remain", len(b.listeners))
	}
}
