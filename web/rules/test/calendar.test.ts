import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addMonths, lastDay, monthsBetween, readDay, writeDay } from '../src/calendar'

test('Days are those of the calendar, from the first to the last', () => {
  const first = Date.parse('0001-01-01')
  assert.equal(writeDay(lastDay), '9999-12-31')
  for (let number = 0; number <= lastDay; number += number % 7 === 0 ? 1 : 12) {
    const text = new Date(first + number * 86_400_000).toISOString().slice(0, 10)
    assert.equal(writeDay(number), text)
    assert.equal(readDay(text), number)
  }
})

test('The months between two days are the most that can be added without passing the second', () => {
  const first = readDay('2019-11-27')!
  for (let from = first; from < first + 100; from++) {
    for (let to = from; to < first + 500; to++) {
      const months = monthsBetween(from, to)
      assert.ok(addMonths(from, BigInt(months))! <= to && addMonths(from, BigInt(months + 1))! > to, `${writeDay(from)} ${writeDay(to)}`)
      assert.equal(monthsBetween(to, from) + months, 0)
    }
  }
})
