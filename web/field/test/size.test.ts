import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const built = join(import.meta.dirname, '../../../src/Server/wwwroot/field')
const files = readdirSync(built, { recursive: true, withFileTypes: true }).filter(f => f.isFile()).map(f => join(f.parentPath, f.name))

test('everything the first load fetches, service worker and icons included, is at most 250 KB compressed', () => {
  const total = files.reduce((sum, f) => sum + gzipSync(readFileSync(f)).length, 0)
  expect(files.some(f => f.endsWith('sw.js'))).toBe(true)
  expect(total).toBeGreaterThan(20_000)
  expect(total).toBeLessThanOrEqual(250 * 1024)
})

test('nothing is fetched from elsewhere, and nothing is inline', () => {
  for (const file of files.filter(f => f.endsWith('.css')))
    expect(readFileSync(file, 'utf8')).not.toMatch(/url\(\s*["']?(https?:)?\/\//)
  const page = readFileSync(join(built, 'index.html'), 'utf8')
  expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/)
})

test('the service worker keeps every file of the app', () => {
  const worker = readFileSync(join(built, 'sw.js'), 'utf8')
  for (const file of files.filter(f => !f.endsWith('sw.js')))
    expect(worker).toContain(file.slice(built.length))
})
