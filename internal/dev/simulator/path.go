package simulator

import (
	"math"
	"time"
)

// at returns the point of a path at a time, along straight lines between points.
func (p Path) at(now time.Time) Point {
	points := p.Points
	if p.Loop {
		points = append(append([]Point(nil), points...), points[0])
	}
	left := now.Sub(time.UnixMilli(p.StartedAt)).Seconds() * p.SpeedMPS
	if left <= 0 {
		return points[0]
	}
	if p.Loop {
		left = math.Mod(left, length(points))
	}
	for i := 1; i < len(points); i++ {
		leg := metres(points[i-1], points[i])
		if left <= leg && leg > 0 {
			return between(points[i-1], points[i], left/leg)
		}
		left -= leg
	}
	return points[len(points)-1]
}

func length(points []Point) float64 {
	total := 0.0
	for i := 1; i < len(points); i++ {
		total += metres(points[i-1], points[i])
	}
	return math.Max(total, 1e-9)
}

// metres returns the distance between two points on a sphere (haversine formula).
func metres(a, b Point) float64 {
	const earth = 6_371_000
	rad := math.Pi / 180
	dLat, dLng := (b.Latitude-a.Latitude)*rad, (b.Longitude-a.Longitude)*rad
	h := math.Pow(math.Sin(dLat/2), 2) + math.Cos(a.Latitude*rad)*math.Cos(b.Latitude*rad)*math.Pow(math.Sin(dLng/2), 2)
	return 2 * earth * math.Asin(math.Min(1, math.Sqrt(h)))
}

func between(a, b Point, share float64) Point {
	return Point{
		Latitude:  a.Latitude + (b.Latitude-a.Latitude)*share,
		Longitude: a.Longitude + (b.Longitude-a.Longitude)*share,
	}
}
