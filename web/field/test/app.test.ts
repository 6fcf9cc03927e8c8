// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { App } from 'vue'
import { MockServer } from './help'

/** The app as one mounts it, and a thumb that counts. */
let server: InstanceType<typeof MockServer>, app: App | null = null, name = '', stores = 0
let modules: { session: typeof import('../src/app/session'); outbox: typeof import('../src/store/outbox') }

beforeEach(async () => {
  server = await new MockServer().start()
  ;(window as never as { happyDOM: { setURL(url: string): void } }).happyDOM.setURL(server.url + '/field/')
  name = 'app-' + ++stores
  localStorage.clear()
})
afterEach(async () => {
  signal(true)
  app?.unmount()
  await server.stop()
})

/** Starts the app afresh, as after the phone has closed it: nothing in memory is left. */
async function begin(): Promise<void> {
  app?.unmount()
  vi.resetModules()
  document.body.innerHTML = '<div id="app"></div>'
  const { createApp } = await import('vue')
  const root = (await import('../src/App.vue')).default
  modules = { session: await import('../src/app/session'), outbox: await import('../src/store/outbox') }
  ;(await import('../src/app/route')).restoreRoute()
  app = createApp(root)
  app.mount('#app')
  await modules.session.start(name)
}

/** With or without a signal, as the phone sees it. */
const signal = (there: boolean) => Object.defineProperty(navigator, 'onLine', { value: there, configurable: true })

async function see<T>(what: () => T | null | undefined | false, words: string): Promise<T> {
  for (let i = 0; i < 6000; i++) {
    const found = what()
    if (found)
      return found
    await new Promise(done => setTimeout(done, 20))
  }
  throw new Error(`Not seen: ${words}\n${document.body.textContent?.slice(0, 600)}`)
}
const seen = (text: string) => see(() => document.body.textContent?.includes(text), text)
const button = (text: string) => see(() => [...document.querySelectorAll('button')].find(b => (b.textContent + (b.getAttribute('aria-label') ?? '')).includes(text)), text)
const tap = async (text: string) => (await button(text)).click()

async function pin(digits: string): Promise<void> {
  await see(() => document.querySelector('.pinpad .keys'), 'pin pad')
  for (const d of digits)
    (await button('数字 ' + d)).click()
}

async function enrol(): Promise<void> {
  await begin()
  await seen('登录')
  for (const [field, value] of [['user', 'cadre'], ['password', 'right horse'], ['phone', '红米']] as const) {
    const input = document.querySelector<HTMLInputElement>(`[name=${field}]`)!
    input.value = value
    input.dispatchEvent(new Event('input'))
  }
  document.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }))
  await seen('设置 PIN 码')
  await pin('135792')
  await seen('再输一次')
  await pin('135792')
  await see(() => document.querySelector('.visit-card'), 'households')
}

/** A household that is due and needs no verification. */
const unchanged = () => see(() => [...document.querySelectorAll<HTMLButtonElement>('.visit-card')].find(b => b.textContent!.includes('本月走访') && !b.textContent!.includes('新增线索')), 'an unchanged household')

test('an unchanged household needs no typing and at most five taps', async () => {
  await enrol()
  let taps = 0, typed = 0
  document.addEventListener('click', () => taps++, true)
  document.addEventListener('input', () => typed++, true)
  ;(await unchanged()).click()
  await tap('开始走访')
  await tap('其他没有变化')
  await tap('提交')
  await seen('走访已存好')
  expect(typed).toBe(0)
  expect(taps).toBeLessThanOrEqual(5)
  await see(() => server.opened.size === 1, 'the visit at the server')
  const visit = [...server.opened.values()][0]
  expect(visit.confirmedAll).toBe(true)
  expect(visit.burden.typed).toBe(0)
  expect(visit.answers.length).toBeGreaterThan(3)
  expect(visit.answers.every((a: { how: string }) => a.how === 'confirmed')).toBe(true)
})

test('a form is found where it was after the phone closed the app in the middle of it', async () => {
  await enrol()
  ;(await unchanged()).click()
  await tap('开始走访')
  await tap('办好了')
  await tap('住房安全')
  const note = [...document.querySelectorAll<HTMLTextAreaElement>('textarea')]
  expect(note).toHaveLength(0)
  await new Promise(done => setTimeout(done, 400))
  await see(() => modules.session.session.unsaved === false, 'saved')
  const hash = location.hash
  server.fault = () => 'reset'
  await begin()
  await pin('135792')
  await seen('其他没有变化')
  expect(location.hash).toBe(hash)
  expect((await button('办好了')).getAttribute('aria-checked')).toBe('true')
  expect((await button('住房安全')).getAttribute('aria-expanded')).toBe('true')
})

test('a form is added to a visit, asks what its answers call for, says what cannot be right beside it, and is handed in all the same by who stands by it', async () => {
  await enrol()
  ;(await unchanged()).click()
  await tap('开始走访')
  await tap('其他没有变化')
  await tap('五访五帮')
  const question = (words: string) => see(() => [...document.querySelectorAll('.question')].find(q => q.textContent!.includes(words)), words)
  await question('卖不出去')
  expect(document.body.textContent).not.toContain('公斤')
  await tap('提交')
  await seen('还有必填的问题没有答')
  ;[...(await question('卖不出去')).querySelectorAll('button')].find(b => b.textContent === '是')!.click()
  const kilos = (await question('公斤')).querySelector('input')!
  kilos.value = '0'
  kilos.dispatchEvent(new Event('input'))
  await see(() => document.querySelector('.question .wrong')?.textContent === '数量应大于 0。', 'what is wrong')
  await tap('提交')
  await seen('请核对')
  expect(server.opened.size).toBe(0)
  await tap('提交')
  await seen('走访已存好')
  await see(() => server.opened.size === 1, 'the visit at the server')
  expect([...server.opened.values()][0].forms).toEqual([{
    code: 'five_visits', asked: 2, typed: 1, answers: [{ question: 'five_visits.unsold', value: true }, { question: 'five_visits.unsold_kg', value: 0 }],
  }])
})

test('a village table of a drive is filled in without a signal, and handed in once there is one', async () => {
  const until = '2999-01-01'
  server.tables = [{
    id: 'd1', title: { zh: '百日大会战', en: 'Hundred days' }, until, villages: { '500231103205': { groups: { v: '6', on: '2026-01-02', by: '李支书' } } },
    columns: [{ code: 'groups', title: { zh: '村民小组数', en: 'village groups' }, unit: { zh: '个', en: 'number' }, least: 1 }, { code: 'road', title: { zh: '通硬化路', en: 'road' }, flag: true }],
  }]
  await enrol()
  signal(false)
  server.fault = () => 'reset'
  await tap('百日大会战：村表')
  await seen('李支书 2026-01-02 填的')
  const groups = await see(() => document.querySelector<HTMLInputElement>('input[name=groups]'), 'the number of groups')
  expect(groups.value).toBe('6')
  const type = (value: string) => { groups.value = value; groups.dispatchEvent(new Event('input')) }
  type('0')
  await seen('应为不小于 1 的数')
  expect((await button('提交村表')).disabled).toBe(true)
  type('7')
  await tap('是')
  await tap('提交村表')
  await seen('自查已存好')
  // It is asked for no more, though the server does not know yet.
  location.hash = '#/today'
  window.dispatchEvent(new Event('popstate'))
  await see(() => document.querySelector('.visit-card'), 'households')
  expect(document.body.textContent).not.toContain('百日大会战：村表')
  expect(server.opened.size).toBe(0)
  server.fault = () => undefined
  signal(true)
  await modules.session.sync()
  await see(() => server.opened.size === 1, 'the table at the server')
  expect([...server.opened.values()][0]).toMatchObject({ village: '500231103205', table: 'fill', fills: 'd1', values: { groups: '7', road: 'true' }, rows: [] })
})

test('ten wrong PINs wipe the bundle; the unsent visit stays and is sent without any PIN', async () => {
  await enrol()
  server.fault = () => 'reset'
  ;(await unchanged()).click()
  await tap('开始走访')
  await tap('其他没有变化')
  await tap('提交')
  await seen('走访已存好')
  await begin()
  await seen('输入 PIN 码')
  for (let i = 1; i <= 10; i++) {
    expect(await modules.session.tryPin('999888')).toBe(false)
    expect(modules.session.session.phase).toBe(i < 10 ? 'locked' : 'signin')
  }
  await seen('连续输错 10 次')
  expect(await modules.session.store().count('cards')).toBe(0)
  expect(await modules.outbox.unsent(modules.session.store())).toHaveLength(1)
  server.fault = () => undefined
  await modules.session.sync()
  expect(server.opened.size).toBe(1)
  expect([...server.opened.values()][0].confirmedAll).toBe(true)
})

test('signing out and a phone that was ended keep what is unsent; the same person sends it after signing in again', async () => {
  await enrol()
  signal(false)
  ;(await unchanged()).click()
  await tap('开始走访')
  await tap('其他没有变化')
  await tap('提交')
  await seen('走访已存好')
  await see(() => !modules.session.session.syncing, 'sync over')
  signal(true)
  const [ended] = [...server.devices.keys()]
  server.ended.add(ended)
  await modules.session.sync()
  await seen('授权已被取消')
  expect(server.opened.size).toBe(0)
  await modules.session.signIn('cadre', 'right horse', '红米')
  await modules.session.sync()
  expect(server.opened.size).toBe(1)
  expect([...server.opened.values()][0].by).not.toBe(ended)
})

test('the language changes at once and stays', async () => {
  await begin()
  await tap('English')
  await seen('Once on each phone')
  await begin()
  await seen('Once on each phone')
  expect(document.documentElement.lang).toBe('en')
})
