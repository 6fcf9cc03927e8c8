import assert from 'node:assert/strict'
import { test } from 'node:test'
import { evaluate, explain, fill, given, holds, read, say, shown, written, type Rule, type Type, type Value } from '../src/index'

// (income.gross > 0 ? spending.rigid / income.gross : 0.0) >= param.share && !has(visit.last), as the server writes it.
const rule: Rule = {
  type: 'bool',
  unit: 'None',
  symbols: [
    ['income.gross', 'decimal', 'Yuan', '家庭总收入', 'gross household income'], ['spending.rigid', 'decimal', 'Yuan', '刚性支出', 'rigid spending'],
    ['param.share', 'decimal', 'Ratio', '比例上限', 'the share limit'], ['visit.last', 'date', 'None', '上次走访', 'the last visit'],
  ],
  tree: ['&&', 2, '>= Ratio', '? decimal', '> Yuan', 0, 'int', '0', '/ decimal', 1, 0, 'decimal', '0', 2, '!', 'has', 3],
}

const number = (text: string): Rule => ({ type: 'decimal', unit: 'None', symbols: [['x', 'decimal', 'None']], tree: ['+ decimal', 0, 'decimal', text] })

const value = (type: Type, json: unknown) => written(read(type, json))

test('A rule holds, does not hold, or says what it lacks', () => {
  const known = { 'param.share': '0.4', 'income.gross': '10000.1' }
  assert.equal(holds(rule, given({ ...known, 'spending.rigid': '4000.04' })), true)
  assert.equal(holds(rule, given({ ...known, 'spending.rigid': '4000.0399999999' })), false)
  const trace = explain(rule, given(known))
  assert.deepEqual([trace.holds, trace.missing.map(m => m.zh)], [undefined, ['刚性支出']])
  assert.equal(holds(rule, given({ ...known, 'visit.last': '2020-06-30' })), false)
})

test('An answer comes before what was known, also when it is taken back', () => {
  const before = { 'income.gross': '10000', 'spending.rigid': '0', 'param.share': '0.4' }
  assert.equal(holds(rule, given({ 'spending.rigid': '5000' }, before)), true)
  assert.deepEqual(explain(rule, given({ 'spending.rigid': null }, before)).missing.map(m => m.name), ['spending.rigid'])
  assert.equal(holds(rule, given(Object.create({ 'spending.rigid': '5000' }) as object as Record<string, unknown>, before)), false)
})

test('A calculation without a result is told by its place', () => {
  const trace = explain({ ...rule, type: 'decimal', tree: ['/ decimal', 1, 0] }, given({ 'income.gross': '0' }))
  assert.deepEqual([trace.result, trace.missing, trace.impossible], [undefined, [], [0]])
})

test('Values are read from the form the server writes, and from plain numbers', () => {
  assert.deepEqual(
    [value('bool', true), value('int', '-42'), value('int', 42), value('decimal', 0.1), value('decimal', 1e-7), value('decimal', '1.50'), value('decimal', '-0'),
      value('decimal', '2.5e3'), value('text', ''), value('date', '0001-01-01'), value('date', '9999-12-31'), value('duration', '30d'), value('duration', '-6m'),
      value('list', ['病', null]), value('text', undefined), value('date', null)],
    ['true', '-42', '42', '0.1', '0.0000001', '1.5', '0', '2500', '', '0001-01-01', '9999-12-31', '30d', '-6m', '[病, unknown]', 'unknown', 'unknown'])
})

test('What a rule cannot hold is rounded or unknown, as on the server', () => {
  assert.deepEqual(
    ['0.00000000000000005', '-0.00000000000000005', '0.00000000000000004', '999999999999.99999999999999994', '999999999999.99999999999999995', '-1e12', '1e-300'].map(t => value('decimal', t)),
    ['0.0000000000000001', '-0.0000000000000001', '0', '999999999999.9999999999999999', 'unknown', 'unknown', '0'])
  assert.deepEqual(['9223372036854775807', '9223372036854775808', '-9223372036854775808', '-9223372036854775809'].map(t => value('int', t)),
    ['9223372036854775807', 'unknown', '-9223372036854775808', 'unknown'])
})

test('What is no value of its type is a mistake, not a gap', () => {
  const wrong: [Type, unknown][] = [['bool', 'true'], ['bool', 1], ['int', '4.5'], ['int', ''], ['int', 0.5], ['decimal', ''], ['decimal', '1,000'], ['decimal', '1.'], ['decimal', NaN],
    ['decimal', '1e9999'], ['decimal', true], ['text', 5], ['date', '2020-02-30'], ['date', '2020-00-10'], ['date', '2020-1-1'], ['date', '0000-12-31'], ['date', '2100-02-29'], ['duration', '30'],
    ['duration', 30], ['list', 'C'], ['list', [5]]]
  for (const [type, json] of wrong) assert.throws(() => read(type, json), TypeError, `${type} ${json}`)
})

test('A whole number may stand in for a decimal; a value of another type is a mistake', () => {
  const x = (v: Value) => () => v
  assert.equal(written(evaluate(number('0.5'), x(read('int', 2)))), '2.5')
  assert.equal(written(evaluate(number('0.5'), x(read('int', '1000000000000')))), 'unknown')
  const asked = explain({ ...number('1'), tree: ['has', 0] }, x(read('int', '1000000000000')))
  assert.deepEqual([asked.result, asked.values[0]?.value], [true, undefined])
  for (const other of [true, 'two', read('date', '2020-06-30'), []]) assert.throws(() => evaluate(number('0.5'), x(other)), TypeError)
})

test('Only a condition holds', () => assert.throws(() => holds(number('1'), given({})), TypeError))

test('A part that only a newer server writes is never guessed at, wherever it stands and whatever is known', () => {
  const trees: Rule['tree'][] = [['matches()', 2, 0, 'text', 'a'], ['&&', 2, false, 'xor', true, true], ['^ decimal', 0, 0], ['+ ratio', 0, 0], ['?', true, true, 'toString()', 1, 0],
    ['? text', true, 0, 0], ['&& twice', 2, true, true], ['<', 0], ['<', 0, 0, 0], []]
  for (const tree of trees)
    for (const x of ['1', null]) assert.throws(() => explain({ ...number('1'), tree }, given({ x })), RangeError, String(tree))
})

test('Rules that came without titles are called by their names, and have no words', () => {
  assert.equal(explain(number('1'), given({})).missing[0]?.zh, 'x')
  assert.equal(say(number('1'), 'zh'), '')
})

test('Places of a text are filled in, and stay where nothing is known', () => {
  const net = shown(read('decimal', '5800'), 'YuanPerHead', 'zh')
  const text = fill('{head}家人均纯收入{income.net_per_capita}，低于{line}，{not a place}', name => ({ 'income.net_per_capita': net, head: '王' })[name])
  assert.equal(text, '王家人均纯收入5,800 元/人，低于{line}，{not a place}')
})
