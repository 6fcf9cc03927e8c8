import { expect, test } from 'vitest'
import { lockJson, unlockJson } from '../src/vault/box'
import { newId, uuidBytes } from '../src/vault/bytes'
import { seal } from '../src/vault/envelope'
import { changePin, isWeak, Iterations, makeLock, openLock } from '../src/vault/pin'
import { MockServer } from './help'

test('what a PIN locked, only this PIN opens', async () => {
  const made = await makeLock('135792', 'v1')
  const box = await lockJson(made.key, { name: '张大山' })
  expect(await openLock('135793', made.lock)).toBeNull()
  expect(await unlockJson((await openLock('135792', made.lock))!, box)).toEqual({ name: '张大山' })
  expect(new TextDecoder().decode(box.data)).not.toContain('张')
})

test('a changed PIN opens what was there before, the old one nothing more', async () => {
  const made = await makeLock('135792', 'v1'), box = await lockJson(made.key, 1)
  expect(await changePin('000000', '864209', made.lock)).toBeNull()
  const next = (await changePin('135792', '864209', made.lock))!
  expect(await openLock('135792', next)).toBeNull()
  expect(await unlockJson((await openLock('864209', next))!, box)).toBe(1)
})

test('a guess costs at least 600,000 rounds, and everybody’s first guesses are refused', () => {
  expect(Iterations).toBeGreaterThanOrEqual(600_000)
  for (const pin of ['111111', '123456', '654321', '121212', '890123'.replace('890123', '012345')])
    expect(isWeak(pin), pin).toBe(true)
  expect(isWeak('135792')).toBe(false)
})

test('the server, and nobody else, opens an envelope; a changed bit is noticed', async () => {
  const server = await new MockServer().start(), other = await new MockServer().start()
  try {
    const id = newId(), envelope = await seal(server.serverKey, id, 'visit', { id, needs: '屋顶漏雨' }, '1.0.0', new Date())
    expect(await server.open(envelope)).toEqual({ id, needs: '屋顶漏雨' })
    await expect(other.open(envelope)).rejects.toThrow()
    await expect(server.open({ ...envelope, data: envelope.data.replace(/^../, s => s === 'AA' ? 'BB' : 'AA') })).rejects.toThrow()
    await expect(server.open({ ...envelope, id: newId() })).rejects.toThrow()
    expect(JSON.stringify(envelope)).not.toContain('漏雨')
  } finally {
    await server.stop()
    await other.stop()
  }
})

test('ids are UUIDv7: in the order of time, never the same', () => {
  const early = newId(1_700_000_000_000), late = newId(1_700_000_000_001)
  expect(early < late).toBe(true)
  expect(early).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(uuidBytes(early)).toHaveLength(16)
  expect(new Set(Array.from({ length: 1000 }, () => newId())).size).toBe(1000)
})
