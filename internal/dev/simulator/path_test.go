package simulator

import (
	"math"
	"testing"
	"time"
)

// degree is the length in metres of a degree on the equator of the sphere.
const degree = 111_194.93

func path(loop bool, points ...Point) Path {
	return Path{Points: points, SpeedMPS: degree / 100, Loop: loop, StartedAt: 1_000_000} // a degree takes 100 s
}

func after(p Path, seconds float64) Point {
	return p.at(time.UnixMilli(p.StartedAt).Add(time.Duration(seconds * float64(time.Second))))
}

func near(a, b Point) bool {
	return math.Abs(a.Latitude-b.Latitude) < 1e-3 && math.Abs(a.Longitude-b.Longitude) < 1e-3
}

func TestPath(t *testing.T) {
	a, b, c := Point{0, 0}, Point{0, 1}, Point{1, 1}
	for name, one := range map[string]struct {
		path    Path
		seconds float64
		want    Point
	}{
		"before it begins":           {path(false, a, b), -50, a},
		"at its beginning":           {path(false, a, b), 0, a},
		"in the middle":              {path(false, a, b), 50, Point{0, 0.5}},
		"at its end":                 {path(false, a, b), 100, b},
		"long after":                 {path(false, a, b), 1e9, b},
		"on the second leg":          {path(false, a, b, c), 125, Point{0.25, 1}},
		"around, on the way back":    {path(true, a, b), 150, Point{0, 0.5}},
		"around, the second time":    {path(true, a, b), 250, Point{0, 0.5}},
		"around, a hundred times":    {path(true, a, b), 20_025, Point{0, 0.25}},
		"over points that are equal": {path(false, a, a, a, b), 50, Point{0, 0.5}},
		"where all are equal":        {path(false, b, b), 50, b},
		"around where all are equal": {path(true, b, b), 50, b},
	} {
		if got := after(one.path, one.seconds); !near(got, one.want) {
			t.Errorf("%s: %+v, want %+v", name, got, one.want)
		}
	}
}

func TestPath_moves_at_its_speed(t *testing.T) {
	p := path(true, Point{-6.2, 106.8}, Point{-6.9, 107.6}, Point{-7.8, 110.4})
	for s := 0.0; s < 5000; s += 10 {
		got := metres(after(p, s), after(p, s+10)) / 10
		if got > p.SpeedMPS*1.01 { // shorter if the path turns within the ten seconds
			t.Fatalf("after %.0f s: %.1f m/s, want %.1f", s, got, p.SpeedMPS)
		}
	}
	if len(p.Points) != 3 {
		t.Errorf("moving along the path changed it: %v", p.Points)
	}
}

func TestLocation_follows_its_path_or_keeps_its_coordinates(t *testing.T) {
	p := path(false, Point{0, 0}, Point{0, 1})
	l := Location{Latitude: 5, Longitude: 6}
	now := time.UnixMilli(p.StartedAt).Add(50 * time.Second)
	if got := l.position(now); got != (Point{5, 6}) {
		t.Errorf("at %+v", got)
	}
	l.Path = &p
	if got := l.position(now); !near(got, Point{0, 0.5}) {
		t.Errorf("at %+v", got)
	}
}
