package main

import (
	"math"
	"slices"
)

// shop is one of the coffee shops.
type shop struct {
	Name      string  `json:"name"`
	Street    string  `json:"street"`
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
	Metres    int     `json:"metres"` // distance from the customer
}

var shops = []shop{
	{Name: "Kopi Menteng", Street: "Jl. Cokroaminoto 42, Jakarta", Latitude: -6.1944, Longitude: 106.8316},
	{Name: "Kopi Blok M", Street: "Jl. Melawai 8, Jakarta", Latitude: -6.2444, Longitude: 106.7980},
	{Name: "Kopi Kota Tua", Street: "Jl. Kali Besar 3, Jakarta", Latitude: -6.1352, Longitude: 106.8133},
	{Name: "Kopi Dago", Street: "Jl. Ir. H. Juanda 110, Bandung", Latitude: -6.8915, Longitude: 107.6107},
	{Name: "Kopi Malioboro", Street: "Jl. Malioboro 55, Yogyakarta", Latitude: -7.7926, Longitude: 110.3658},
	{Name: "Kopi Tunjungan", Street: "Jl. Tunjungan 21, Surabaya", Latitude: -7.2575, Longitude: 112.7381},
	{Name: "Kopi Ubud", Street: "Jl. Raya Ubud 17, Gianyar", Latitude: -8.5069, Longitude: 115.2625},
}

// nearest returns the shops sorted by their distance from a place.
func nearest(latitude, longitude float64) []shop {
	near := slices.Clone(shops)
	for i := range near {
		near[i].Metres = int(metres(latitude, longitude, near[i].Latitude, near[i].Longitude))
	}
	slices.SortFunc(near, func(a, b shop) int { return a.Metres - b.Metres })
	return near
}

// metres returns the distance between two places (haversine formula).
func metres(lat1, lon1, lat2, lon2 float64) float64 {
	const radius, rad = 6_371_000, math.Pi / 180
	dLat, dLon := (lat2-lat1)*rad, (lon2-lon1)*rad
	a := math.Pow(math.Sin(dLat/2), 2) + math.Cos(lat1*rad)*math.Cos(lat2*rad)*math.Pow(math.Sin(dLon/2), 2)
	return 2 * radius * math.Asin(math.Sqrt(a))
}
