import { distance, type Place } from './distance'

export interface Dot<T> { x: number; y: number; of: T }

/** A sketch of a village without tiles: where houses lie to each other, true to scale, north up. */
export interface Sketch<T> { dots: Dot<T>[]; /** Metres a unit. */ scale: number; bar: { metres: number; width: number }; here: { x: number; y: number } | null }

export function sketch<T extends { lat?: number | null; lng?: number | null }>(all: T[], width: number, height: number, here: Place | null, margin = 28): Sketch<T> | null {
  const placed = all.filter(h => typeof h.lat === 'number' && typeof h.lng === 'number') as (T & Place)[]
  if (placed.length === 0)
    return null
  const lats = placed.map(p => p.lat), lngs = placed.map(p => p.lng)
  const middle = { lat: (Math.min(...lats) + Math.max(...lats)) / 2, lng: (Math.min(...lngs) + Math.max(...lngs)) / 2 }
  const east = (p: Place) => distance(middle, { lat: middle.lat, lng: p.lng }) * Math.sign(p.lng - middle.lng)
  const north = (p: Place) => distance(middle, { lat: p.lat, lng: middle.lng }) * Math.sign(p.lat - middle.lat)
  const wide = Math.max(...placed.map(p => Math.abs(east(p))), 50), high = Math.max(...placed.map(p => Math.abs(north(p))), 50)
  const scale = Math.max(wide / (width / 2 - margin), high / (height / 2 - margin))
  const at = (p: Place) => ({ x: width / 2 + east(p) / scale, y: height / 2 - north(p) / scale })
  const metres = [5000, 2000, 1000, 500, 200, 100, 50, 20].find(m => m / scale <= width / 3) ?? 10
  const me = here && at(here)
  return {
    dots: placed.map(p => ({ ...at(p), of: p })), scale, bar: { metres, width: metres / scale },
    here: me && me.x > 0 && me.x < width && me.y > 0 && me.y < height ? me : null,
  }
}

/** The dot a thumb means: the nearest one within reach. */
export function nearest<T>(dots: Dot<T>[], x: number, y: number, reach = 40): Dot<T> | null {
  let best: Dot<T> | null = null, least = reach
  for (const dot of dots) {
    const far = Math.hypot(dot.x - x, dot.y - y)
    if (far < least)
      [best, least] = [dot, far]
  }
  return best
}
