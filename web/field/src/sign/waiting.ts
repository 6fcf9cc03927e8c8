import type { Card } from '../api/types'
import type { ToSign } from './code'

/** A visit of somebody else that waits for this person's signature. */
export interface Asked extends ToSign { card: Card; by: string }

/** Those in the bundle that have not been signed on this phone, the oldest first. */
export const askedOf = (cards: Iterable<Card>, signed: string[]): Asked[] => [...cards].flatMap(card => (card.sign ?? [])
  .filter(s => !signed.includes(s.visit)).map(s => ({ visit: s.visit, household: card.id, day: s.on, purpose: s.purpose, hash: s.hash, by: s.by, card })))
  .sort((a, b) => a.day < b.day ? -1 : a.day > b.day ? 1 : 0)
