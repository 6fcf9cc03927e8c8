// A small server of the field contract for tests: it opens envelopes, keeps files part by part, remembers what it was given, and can be told to misbehave.
import { createHash, webcrypto as crypto } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { policy, village } from './county.mjs'

const sha = bytes => createHash('sha256').update(bytes).digest('hex')
const Types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.png': 'image/png', '.webmanifest': 'application/manifest+json' }

export class MockServer {
  /** Envelopes by id as they came first, what was inside, receipts, files, and how often each submission came. */
  kept = new Map(); opened = new Map(); receipts = new Map(); log = []; files = new Map(); sealed = new Map(); times = new Map(); conflicts = []; ended = new Set(); devices = new Map()
  households = village(24)
  /** Village tables to be filled in. */
  tables = undefined
  /** What each cursor says the phone holds, and how many cards were sent in all. */
  cursors = new Map(); sent = 0
  /** Asked before each request: 'reset' | 'cut' | 'lost' | 'slow' | 500 | 503 | undefined. 'lost' does the work and breaks the answer off. */
  fault = () => undefined
  password = 'right horse'; code = null; needsFiles = true; static = null; csp = null; requests = []

  async start(port = 0) {
    this.pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])
    this.serverKey = { id: 'k1', jwk: await crypto.subtle.exportKey('jwk', this.pair.publicKey) }
    this.server = createServer((ask, answer) => void this.handle(ask, answer).catch(e => { answer.writeHead(500); answer.end(String(e)) }))
    await new Promise(done => this.server.listen(port, '127.0.0.1', done))
    this.url = `http://127.0.0.1:${this.server.address().port}`
    return this
  }

  stop() {
    this.server.closeAllConnections()
    return new Promise(done => this.server.close(done))
  }

  async handle(ask, answer) {
    const url = new URL(ask.url, this.url)
    if (!url.pathname.startsWith('/api/v1/field'))
      return this.file(url.pathname, answer)
    const chunks = []
    for await (const chunk of ask)
      chunks.push(chunk)
    const body = Buffer.concat(chunks), path = url.pathname.slice('/api/v1/field'.length)
    this.requests.push(`${ask.method} ${path}`)
    const fault = this.fault(ask.method, path, this.requests.length)
    if (fault === 'slow')
      await new Promise(done => setTimeout(done, 60))
    if (fault === 'reset')
      return ask.socket.destroy()
    if (typeof fault === 'number')
      return this.say(answer, fault, { code: 'mock', title: '服务器忙', detail: '请稍后' }, { 'Retry-After': '1' })
    if (fault === 'cut-body' && ask.method === 'PATCH')
      return this.answer(ask, url, path, body.subarray(0, body.length >> 1), answer, 'lost')
    return this.answer(ask, url, path, body, answer, fault)
  }

  async answer(ask, url, path, body, answer, fault) {
    const [status, content] = await this.work(ask, url, path, body)
    const text = JSON.stringify(content)
    if (fault === 'lost')
      return ask.socket.destroy()
    if (fault === 'cut') {
      answer.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) })
      answer.write(text.slice(0, text.length >> 1))
      return setTimeout(() => ask.socket.destroy(), 5)
    }
    this.say(answer, status, content)
  }

  say(answer, status, content, headers = {}) {
    answer.writeHead(status, { 'Content-Type': 'application/json', ...headers })
    answer.end(JSON.stringify(content))
  }

  async work(ask, url, path, body) {
    const json = () => JSON.parse(body.toString())
    if (path === '/devices') {
      const { user, password, code, device } = json()
      if (password !== this.password)
        return [401, { code: 'access.wrong', title: '账号或密码不对。', detail: '请核对后重试。' }]
      if (this.code && code !== this.code)
        return [401, { code: 'code_needed', title: '需要动态验证码。', detail: '' }]
      const token = sha(device.id + Math.random())
      this.devices.set(device.id, { token, user })
      return [200, { device: device.id, token, user: this.user(user), serverKey: this.serverKey }]
    }
    const [, device, token] = /^Device ([^.]+)\.(.+)$/.exec(ask.headers.authorization ?? '') ?? []
    const known = this.devices.get(device)
    if (this.ended.has(device))
      return [401, { code: 'field.device_ended', title: '这部手机已停用。', detail: '请重新登录。' }]
    if (!known || known.token !== token)
      return [401, { code: 'access.sign-in-first', title: '请先登录。', detail: '' }]
    if (path === '/submissions')
      return [200, { receipts: await Promise.all(json().items.map(e => this.take(e, device))) }]
    if (path === '/receipts')
      return [200, { cursor: String(this.log.length), receipts: this.log.slice(Number(url.searchParams.get('since') ?? 0)) }]
    if (path === '/bundle') {
      const { cursor, most = Infinity } = json(), held = this.cursors.get(cursor), full = !held
      const lacking = this.households.filter(h => !held?.has(h.id)), page = lacking.slice(0, most), next = page.length || full ? 'c' + (this.cursors.size + 1) : cursor
      this.cursors.set(next, new Set([...held ?? [], ...page.map(h => h.id)]))
      this.sent += page.length
      return [200, { cursor: next, asOf: new Date().toISOString().slice(0, 10), generatedAt: new Date().toISOString(), full, more: lacking.length > page.length, user: this.user(known.user), serverKey: this.serverKey, area: { villages: [{ code: '500231103205', name: '石坝村' }] }, policyHash: 'p1', policy: full ? policy : undefined, households: page, gone: [], tables: this.tables }]
    }
    const [, hash] = /^\/files\/([0-9a-f]{64})$/.exec(path) ?? []
    if (!hash)
      return [404, { code: 'desk.not-found', title: '没有', detail: '' }]
    const isSealed = url.searchParams.get('sealed') === 'true', kept = isSealed ? this.sealed : this.files
    const have = kept.get(hash) ?? { bytes: Buffer.alloc(0), complete: false }
    const state = () => ({ have: have.bytes.length, complete: have.complete, ...(have.file ? { file: have.file } : {}) })
    if (ask.method === 'GET')
      return [200, state()]
    const offset = Number(url.searchParams.get('offset')), total = Number(url.searchParams.get('total'))
    if (have.complete)
      return [200, state()]
    if (offset !== have.bytes.length)
      return [409, { code: 'field.offset', ...state() }]
    have.bytes = Buffer.concat([have.bytes, body])
    have.complete = have.bytes.length === total
    if (have.complete && sha(have.bytes) !== hash) {
      kept.delete(hash)
      return [422, { code: 'field.hash', title: '内容不符', detail: '' }]
    }
    kept.set(hash, have)
    if (have.complete && isSealed) {
      const content = await this.openFile(have.bytes)
      have.file = sha(content)
      this.files.set(have.file, { bytes: content, complete: true })
    }
    return [200, state()]
  }

  user(name) {
    return { id: '01900000-0000-7000-8000-0000000000' + (name === 'cadre' ? '01' : '02'), name, displayName: name === 'cadre' ? '周桂英' : '吴长河', role: 'VillageCadre', area: '500231103205', areaName: '鹤游镇石坝村' }
  }

  async take(envelope, device) {
    this.times.set(envelope.id, (this.times.get(envelope.id) ?? 0) + 1)
    const before = this.kept.get(envelope.id)
    if (before && before.hash === envelope.hash)
      return { ...this.receipts.get(envelope.id), repeated: true }
    const receipt = { id: envelope.id, hash: envelope.hash, receivedAt: new Date().toISOString(), state: 'received', repeated: false, notes: [] }
    if (before) {
      this.conflicts.push(envelope)
      return { ...receipt, state: 'held', notes: [{ zh: '同一编号内容不同，两份都已保存。', en: 'Two contents under one id; both are kept.' }] }
    }
    const content = await this.open(envelope).catch(() => null)
    if (!content)
      Object.assign(receipt, { state: 'held', notes: [{ zh: '打不开', en: 'cannot be opened' }] })
    this.kept.set(envelope.id, envelope)
    this.opened.set(envelope.id, { ...content, by: device })
    this.receipts.set(envelope.id, receipt)
    return receipt
  }

  /** What the follow-up would do: applied, or held with a reason. */
  settle(id, state = 'applied', notes = []) {
    const receipt = { ...this.receipts.get(id), state, notes }
    this.receipts.set(id, receipt)
    this.log.push(receipt)
  }

  async open(e) {
    const epk = await crypto.subtle.importKey('raw', Buffer.from(e.epk, 'base64'), { name: 'ECDH', namedCurve: 'P-256' }, false, [])
    const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: epk }, this.pair.privateKey, 256)
    const hkdf = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey'])
    const key = await crypto.subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt: Buffer.from(e.id.replaceAll('-', ''), 'hex'), info: Buffer.from('shouwang/envelope/1') }, hkdf, { name: 'AES-GCM', length: 256 }, false, ['decrypt'])
    const plain = Buffer.from(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: Buffer.from(e.iv, 'base64') }, key, Buffer.from(e.data, 'base64')))
    if (sha(plain) !== e.hash)
      throw new Error('hash')
    return JSON.parse(plain.toString())
  }

  async openFile(bytes) {
    const head = 2 + bytes[1] + 65, point = bytes.subarray(head - 65, head)
    const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: await crypto.subtle.importKey('raw', point, { name: 'ECDH', namedCurve: 'P-256' }, false, []) }, this.pair.privateKey, 256)
    const key = await crypto.subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt: point, info: Buffer.from('shouwang/file/1') }, await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']), { name: 'AES-GCM', length: 256 }, false, ['decrypt'])
    return Buffer.from(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytes.subarray(head, head + 12), additionalData: bytes.subarray(0, head) }, key, bytes.subarray(head + 12)))
  }

  file(path, answer) {
    const name = this.static && join(this.static, path.replace(/^\/field\/?/, '') || 'index.html')
    if (!name || !existsSync(name) || !statSync(name).isFile()) {
      answer.writeHead(404)
      return answer.end()
    }
    answer.writeHead(200, { 'Content-Type': Types[extname(name)] ?? 'application/octet-stream', 'Cache-Control': 'no-cache', ...(this.csp ? { 'Content-Security-Policy': this.csp } : {}) })
    answer.end(readFileSync(name))
  }
}
