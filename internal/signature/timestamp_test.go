package signature

import (
	"testing"
	"time"
)

func TestParseTime(t *testing.T) {
	t.Parallel()
	want := time.Date(2026, 11, 23, 16, 40, 0, 0, time.UTC)
	for text, fraction := range map[string]time.Duration{
		"2026-11-23T23:40:00+07:00":           0,
		"2026-11-23T16:40:00Z":                0,
		"2026-11-23T16:40:00-00:00":           0,
		"2026-11-23t16:40:00z":                0,
		"2026-11-23T16:40:00.5Z":              500 * time.Millisecond, // Java
		"2026-11-23T16:40:00.049Z":            49 * time.Millisecond,  // Node
		"2026-11-23T16:40:00.123456789Z":      123456789,
		"2026-11-23T23:40:00.000001+07:00":    time.Microsecond,
		"2026-11-23T04:40:00-12:00":           0,
		"2026-11-24T06:40:00+14:00":           0,
		"2026-11-23T16:40:00.1234567890123Z":  123456789,
		"2026-11-23T23:40:00.100000000+07:00": 100 * time.Millisecond,
	} {
		if got, err := ParseTime(text); err != nil || !got.Equal(want.Add(fraction)) {
			t.Errorf("%s is %s (%v)", text, got, err)
		}
	}
	for _, bad := range []string{
		"", " ", "now", "1795452000", "2026-11-23", "2026-11-23T16:40:00", "2026-11-23T16:40Z", "2026-11-23 16:40:00Z", "2026-11-23T16:40:00 Z",
		"2026-11-23T16:40:00+0700", "2026-11-23T16:40:00+07", "2026-11-23T16:40:00+25:00", "2026-11-23T16:40:00+07:60", "2026-13-23T16:40:00Z",
		"2026-02-30T16:40:00Z", "2026-11-23T24:40:00Z", "2026-11-23T16:60:00Z", "2026-11-23T16:40:61Z", "2026-11-23T6:40:00Z", "26-11-23T16:40:00Z",
		"2026-11-23T16:40:00,5Z", "2026-11-23T16:40:00.Z", " 2026-11-23T16:40:00Z", "2026-11-23T16:40:00Z ", "2026-11-23T16:40:00Z\n", "2026-11-23T16:40:00Zx",
		"+2026-11-23T16:40:00Z", "2026-11-23T16:40:00.0000000000000000000000000000000000000000000000000000000000001Z", "٢٠٢٦-11-23T16:40:00Z", "0x26-11-23T16:40:00Z",
	} {
		if got, err := ParseTime(bad); err == nil {
			t.Errorf("%q is %s", bad, got)
		}
	}
}

func TestFresh(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 16, 40, 0, 0, time.UTC)
	for off, want := range map[time.Duration]bool{
		0: true, Window: true, -Window: true, Window + 1: false, -Window - 1: false, 24 * time.Hour: false, -24 * time.Hour: false,
	} {
		if got := Fresh(now.Add(off), now, Window); got != want {
			t.Errorf("%s from now is fresh: %v", off, got)
		}
	}
	for _, far := range []time.Time{{}, time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)} {
		if Fresh(far, now, Window) {
			t.Errorf("%s is fresh", far)
		}
	}
}
