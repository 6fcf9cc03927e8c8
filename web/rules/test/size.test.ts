import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

test('A phone loads less than 8 KB for it', async () => {
  const { outputFiles } = await build({ entryPoints: ['src/index.ts'], bundle: true, minify: true, format: 'esm', target: 'es2020', write: false })
  const size = gzipSync(outputFiles[0]!.contents).length
  assert.ok(size > 1000 && size < 8 * 1024, `${size} bytes`)
})
