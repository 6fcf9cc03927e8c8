import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { explain, given, read, say, shown, typeOf, written, type Rule, type Type, type Unit, type Value } from '../src/index'

// What the server's explanation says about thousands of rules and households; tests/Tests/Kernel/Rules/RuleVectors.cs tells what stands in a case.

interface Case {
  given: unknown[]
  is: string | null
  missing?: number[]
  comparisons?: [at: number, left: string | null, right: string | null, unit: Unit, holds: boolean | null][]
  impossible?: number[]
  zh?: string
  en?: string
}

interface Vectors {
  rules: { rule: Rule; cases: Case[]; zh?: string; en?: string }[]
  shown: [type: Type | null, value: unknown, unit: Unit, zh: string, en: string, program: string][]
}

const vectors: Vectors = JSON.parse(readFileSync(process.env.RULE_VECTORS ?? '../../tests/rules/vectors.json', 'utf8'))

const program = (value: Value) => (value === undefined ? null : written(value))

test('Every rule comes to what the server says, for the reasons it says', () => {
  let cases = 0
  for (const { rule, cases: of } of vectors.rules) {
    for (const expected of of) {
      const inputs = given(Object.fromEntries(rule.symbols.map(([name], i) => [name, expected.given[i]])))
      const trace = explain(rule, inputs)
      const found: Case = {
        given: expected.given,
        is: program(trace.result),
        missing: trace.missing.map(m => rule.symbols.findIndex(([name]) => name === m.name)),
        comparisons: trace.comparisons.map(c => [c.at, program(c.left), program(c.right), c.unit, c.holds ?? null]),
        impossible: [...trace.impossible],
      }
      const { zh, en, ...rest } = expected
      assert.deepEqual(found, { missing: [], comparisons: [], impossible: [], ...rest }, JSON.stringify(rule.tree))
      assert.ok(trace.result === undefined || typeOf(trace.result) === rule.type, `${rule.tree} gives a ${typeOf(trace.result)}, not a ${rule.type}`)
      assert.equal(trace.holds, typeof trace.result === 'boolean' ? trace.result : undefined)
      assert.deepEqual(trace.values.map(v => [v.symbol.name, v.value]), rule.symbols.map(([name, type], i) => [name, read(type, expected.given[i])]))
      if (zh !== undefined) assert.deepEqual([say(rule, 'zh', inputs), say(rule, 'en', inputs)], [zh, en])
      cases++
    }
  }
  assert.ok(cases > 3000, `only ${cases} cases`)
})

test('Every rule is said in the words of the desk', () => {
  const spoken = vectors.rules.filter(r => r.zh !== undefined)
  assert.ok(spoken.length >= 40)
  for (const { rule, zh, en } of spoken) assert.deepEqual([say(rule, 'zh'), say(rule, 'en')], [zh, en])
})

test('Every value is shown as on the desk, in every unit', () => {
  for (const [type, json, unit, zh, en, text] of vectors.shown) {
    const value = type === null ? undefined : read(type, json)
    assert.deepEqual([shown(value, unit, 'zh'), shown(value, unit, 'en'), written(value)], [zh, en, text])
  }
})
