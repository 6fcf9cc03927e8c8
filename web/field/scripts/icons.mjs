// Draws the app's icons: an eye under a roof, as on the desk. `npm run icons` writes the SVG and the PNGs; nothing but Node is needed.
import { writeFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'

const folder = new URL('../public/icons/', import.meta.url)
const pine = [13, 74, 62], white = [255, 255, 255], gold = [255, 216, 154]

writeFileSync(new URL('icon.svg', folder), `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0d4a3e"/>`
  + `<path d="M5 17 16 8l11 9" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/>`
  + `<path d="M9 20c2-3 4.3-4.4 7-4.4s5 1.4 7 4.4c-2 3-4.3 4.4-7 4.4S11 23 9 20Z" fill="none" stroke="#ffd89a" stroke-width="2"/><circle cx="16" cy="20" r="1.9" fill="#ffd89a"/></svg>\n`)

/** Points along a cubic curve. */
const curve = (a, b, c, d, n = 40) => Array.from({ length: n + 1 }, (_, i) => {
  const t = i / n, u = 1 - t
  return [0, 1].map(k => u ** 3 * a[k] + 3 * u * u * t * b[k] + 3 * u * t * t * c[k] + t ** 3 * d[k])
})
const roof = [[5, 17], [16, 8], [27, 17]]
const eye = [...curve([9, 20], [11, 17], [13.3, 15.6], [16, 15.6]), ...curve([16, 15.6], [18.7, 15.6], [21, 17], [23, 20]),
  ...curve([23, 20], [21, 23], [18.7, 24.4], [16, 24.4]), ...curve([16, 24.4], [13.3, 24.4], [11, 23], [9, 20])]

const far = (p, line) => Math.min(...line.slice(1).map((b, i) => {
  const a = line[i], dx = b[0] - a[0], dy = b[1] - a[1], long = dx * dx + dy * dy
  const t = long ? Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / long)) : 0
  return Math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy)
}))

/** Colour of a point of the 32 × 32 picture; alpha 0 outside the rounded square. */
function colour(p, full) {
  const inside = full || Math.hypot(Math.max(Math.abs(p[0] - 16) - 9, 0), Math.max(Math.abs(p[1] - 16) - 9, 0)) <= 7
  if (!inside)
    return [0, 0, 0, 0]
  if (far(p, roof) <= 1.2)
    return [...white, 255]
  return far(p, eye) <= 1 || Math.hypot(p[0] - 16, p[1] - 20) <= 1.9 ? [...gold, 255] : [...pine, 255]
}

function png(size, full, shrink) {
  const rows = [], fine = 3
  for (let y = 0; y < size; y++) {
    const row = Buffer.alloc(1 + size * 4)
    for (let x = 0; x < size; x++) {
      const sum = [0, 0, 0, 0]
      for (let i = 0; i < fine * fine; i++) {
        const at = [x + (i % fine + .5) / fine, y + (Math.floor(i / fine) + .5) / fine].map(v => 16 + (v / size * 32 - 16) / shrink)
        const c = colour(at, full)
        c.forEach((v, k) => { sum[k] += k < 3 ? v * c[3] / 255 : v })
      }
      const alpha = sum[3] / (fine * fine)
      row.set([0, 1, 2].map(k => alpha ? Math.round(sum[k] / (sum[3] / 255)) : 0).concat(Math.round(alpha)), 1 + x * 4)
    }
    rows.push(row)
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 6, 0, 0, 0], 8)
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), part('IHDR', header), part('IDAT', deflateSync(Buffer.concat(rows), { level: 9 })), part('IEND', Buffer.alloc(0))])
}

function part(name, data) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]), out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  let crc = ~0
  for (const byte of body) {
    crc ^= byte
    for (let i = 0; i < 8; i++)
      crc = crc & 1 ? crc >>> 1 ^ 0xedb88320 : crc >>> 1
  }
  out.writeUInt32BE(~crc >>> 0, out.length - 4)
  return out
}

writeFileSync(new URL('icon-192.png', folder), png(192, false, 1))
writeFileSync(new URL('icon-512.png', folder), png(512, false, 1))
// The mask of a launcher may cut a fifth away on each side.
writeFileSync(new URL('maskable-512.png', folder), png(512, true, .78))
