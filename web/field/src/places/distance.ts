export interface Place { lat: number; lng: number }

/** Metres between two places, as the crow flies. */
export function distance(a: Place, b: Place): number {
  const radians = Math.PI / 180, r = 6_371_000
  const x = (b.lng - a.lng) * radians * Math.cos((a.lat + b.lat) / 2 * radians), y = (b.lat - a.lat) * radians
  return Math.hypot(x, y) * r
}
