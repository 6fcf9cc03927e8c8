import { expect, test } from 'vitest'
import { fitted } from '../src/photos/resize'
import { distance } from '../src/places/distance'
import { find, toVisit } from '../src/places/order'
import { nearest, sketch } from '../src/places/sketch'
import { cards } from './help'

const all = cards(40, '2026-11-29')

test('who is to be visited comes by deadline, then by distance from here; or the nearest first', () => {
  const here = { lat: all[2]!.lat!, lng: all[2]!.lng! }
  const due = toVisit(all, here, false).map(d => d.due ?? '9')
  expect(due).toEqual([...due].sort())
  const way = toVisit(all, here, true).map(d => d.metres!)
  expect(way).toEqual([...way].sort((a, b) => a - b))
  expect(way[0]).toBe(0)
  const one = toVisit(all, here, false)
  for (let i = 1; i < one.length; i++)
    expect(one[i]!.due !== one[i - 1]!.due || one[i]!.metres! >= one[i - 1]!.metres!).toBe(true)
})

test('a household without coordinates comes last by distance, and is not lost', () => {
  const some = all.map((c, i) => i === 0 ? { ...c, lat: null, lng: null } : c)
  const list = toVisit(some, { lat: 30.2, lng: 107.4 }, true)
  expect(list.at(-1)!.card.id).toBe(all[0]!.id)
  expect(list).toHaveLength(toVisit(all, null, false).length)
})

test('households are found by name, number, member and address', () => {
  expect(find(all, all[4]!.head).map(c => c.id)).toContain(all[4]!.id)
  expect(find(all, all[4]!.code)).toEqual([all[4]])
  expect(find(all, all[4]!.members[1]!.name).map(c => c.id)).toContain(all[4]!.id)
  expect(find(all, ' ')).toHaveLength(40)
})

test('the sketch is true to scale, keeps inside its frame, and a thumb finds the nearest house', () => {
  const drawn = sketch(all, 332, 360, null)!
  for (const d of drawn.dots)
    expect(d.x > 0 && d.x < 332 && d.y > 0 && d.y < 360).toBe(true)
  const [a, b] = [drawn.dots[0]!, drawn.dots[9]!]
  const metres = distance({ lat: a.of.lat!, lng: a.of.lng! }, { lat: b.of.lat!, lng: b.of.lng! })
  expect(Math.hypot(a.x - b.x, a.y - b.y) * drawn.scale).toBeCloseTo(metres, -1)
  expect(nearest(drawn.dots, a.x + 2, a.y - 2)!.of.id).toBe(a.of.id)
  expect(nearest(drawn.dots, -500, -500)).toBeNull()
  expect(sketch([{ lat: null, lng: null }], 332, 360, null)).toBeNull()
})

test('photos are made small and keep their shape', () => {
  expect(fitted(4000, 3000)).toEqual({ width: 1280, height: 960 })
  expect(fitted(800, 600)).toEqual({ width: 800, height: 600 })
})
