import type { Card, Day, OpenItem } from '../api/types'
import { distance, type Place } from './distance'

/** A household to visit, why and by when. */
export interface Due { card: Card; /** The most pressing of what is open. */ item: OpenItem; due: Day | null; metres: number | null }

const far = (card: Card, here: Place | null) => here && typeof card.lat === 'number' && typeof card.lng === 'number' ? distance(here, { lat: card.lat, lng: card.lng }) : null

/** What has to be visited: by deadline, then by distance from here; or the nearest first. */
export function toVisit(cards: Iterable<Card>, here: Place | null, nearestFirst: boolean): Due[] {
  const due: Due[] = []
  for (const card of cards) {
    const item = [...card.open].sort((a, b) => (a.due ?? '9').localeCompare(b.due ?? '9'))[0]
    if (item)
      due.push({ card, item, due: item.due ?? null, metres: far(card, here) })
  }
  const byDue = (a: Due, b: Due) => (a.due ?? '9').localeCompare(b.due ?? '9')
  const byWay = (a: Due, b: Due) => (a.metres ?? Infinity) === (b.metres ?? Infinity) ? 0 : (a.metres ?? Infinity) - (b.metres ?? Infinity)
  return due.sort(nearestFirst && here ? (a, b) => byWay(a, b) || byDue(a, b) : (a, b) => byDue(a, b) || byWay(a, b) || a.card.code.localeCompare(b.card.code))
}

/** Households by name, number, address or group. */
export function find(cards: Iterable<Card>, words: string): Card[] {
  const asked = words.trim().toLowerCase()
  return [...cards].filter(c => asked === '' || [c.head, c.code, c.address, c.group, ...c.members.map(m => m.name)].some(t => t?.toLowerCase().includes(asked)))
    .sort((a, b) => (a.group ?? '').localeCompare(b.group ?? '') || a.code.localeCompare(b.code))
}
