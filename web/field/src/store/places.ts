import type { Card } from '../api/types'
import type { Place } from '../places/distance'
import { lockJson, unlockJson, type Box } from '../vault/box'
import { getMeta, setMeta, type Db } from './db'
import type { OpenVault } from './drafts'

/** Where houses are, as this phone noted on visits; for the sketch where the bundle does not tell. */
export async function readPlaces(db: Db, vault: OpenVault): Promise<Record<string, Place>> {
  const box = await getMeta<Box>(db, 'places')
  return box ? unlockJson<Record<string, Place>>(vault.key, box).catch(() => ({})) : {}
}

/** A place that is further off than this, in metres, tells nothing in a village. */
const Exact = 100

export async function notePlace(db: Db, vault: OpenVault, household: string, place: Place & { accuracy: number }): Promise<void> {
  if (place.accuracy > Exact)
    return
  const places = await readPlaces(db, vault)
  places[household] = { lat: place.lat, lng: place.lng }
  await setMeta(db, 'places', await lockJson(vault.key, places))
}

export function withPlaces(cards: Map<string, Card>, places: Record<string, Place>): Map<string, Card> {
  return new Map([...cards].map(([id, card]) => [id, typeof card.lat === 'number' || !places[id] ? card : { ...card, ...places[id] }]))
}
