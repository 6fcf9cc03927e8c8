import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { build, defineConfig, type Plugin } from 'vite'

const field = join(import.meta.dirname, '../../src/Server/wwwroot/field')
const version = JSON.parse(readFileSync(join(import.meta.dirname, 'package.json'), 'utf8')).version as string
const define = { __APP__: JSON.stringify(version), __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false' }

/** Builds the service worker last, with the list of every file it has to keep and the hash of each. */
function serviceWorker(): Plugin {
  let out = field
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved(config) { out = resolve(config.root, config.build.outDir) },
    async closeBundle() {
      const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter(f => f.isFile())
        .map(f => join(f.parentPath, f.name).slice(out.length + 1)).filter(f => f !== 'sw.js').sort()
      const manifest = files.map(f => ({ url: '/field/' + f, revision: createHash('sha256').update(readFileSync(join(out, f))).digest('hex').slice(0, 16) }))
      await build({
        configFile: false, logLevel: 'warn', publicDir: false,
        define: { __FILES__: JSON.stringify(manifest), 'process.env.NODE_ENV': '"production"' },
        build: {
          outDir: out, emptyOutDir: false, target: 'chrome79',
          lib: { entry: join(import.meta.dirname, 'src/sw.ts'), formats: ['iife'], name: 'sw', fileName: () => 'sw.js' },
        },
      })
    },
  }
}

export default defineConfig({
  base: '/field/',
  plugins: [vue(), serviceWorker()],
  define,
  build: { outDir: field, emptyOutDir: true, target: 'chrome79', assetsInlineLimit: 0, cssCodeSplit: false, modulePreload: { polyfill: false } },
  test: { environment: 'node', silent: 'passed-only', include: ['test/**/*.test.ts'], testTimeout: 300_000, hookTimeout: 60_000, server: { deps: { inline: ['vant'] } } },
} as Parameters<typeof defineConfig>[0])
