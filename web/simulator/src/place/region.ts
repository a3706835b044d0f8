import type { Place } from "../control/shapes";

/** The region of the map; `region.svg` next to the page has its islands. */
export const REGION = { west: 94, east: 142, north: 8, south: -12 } as const;

interface Town extends Place {
  name: string;
}

/** The location presets, by name. */
export const TOWNS: readonly Town[] = [
  { name: "Jakarta", latitude: -6.1754, longitude: 106.8272 },
  { name: "Bandung", latitude: -6.9147, longitude: 107.6098 },
  { name: "Semarang", latitude: -6.9904, longitude: 110.4229 },
  { name: "Yogyakarta", latitude: -7.7926, longitude: 110.3658 },
  { name: "Surabaya", latitude: -7.2459, longitude: 112.7378 },
  { name: "Denpasar", latitude: -8.6573, longitude: 115.2121 },
  { name: "Medan", latitude: 3.5896, longitude: 98.6739 },
  { name: "Palembang", latitude: -2.9909, longitude: 104.7566 },
  { name: "Pontianak", latitude: -0.0263, longitude: 109.3425 },
  { name: "Balikpapan", latitude: -1.2654, longitude: 116.8312 },
  { name: "Makassar", latitude: -5.1477, longitude: 119.4327 },
  { name: "Manado", latitude: 1.4748, longitude: 124.8421 },
  { name: "Ambon", latitude: -3.6954, longitude: 128.1814 },
  { name: "Jayapura", latitude: -2.5337, longitude: 140.7181 },
];
