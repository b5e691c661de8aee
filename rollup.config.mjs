import { writeFileSync } from 'node:fs'
import resolve from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import typescript from '@rollup/plugin-typescript'
import { dts } from 'rollup-plugin-dts'

/** What bundlers import; each with its declarations. */
const modules = {
  index: 'src/index.ts',
  schema: 'src/schema/index.ts',
  render: 'src/render/index.ts',
  adapters: 'src/adapters/index.ts',
  compat: 'src/script/usetiful.ts',
  server: 'src/server/index.ts',
  cli: 'src/server/cli/cli.ts',
}

/** What script tags load: everything in one file. */
const scripts = {
  tourhook: 'src/script/core.ts',
  'tourhook.full': 'src/script/full.ts',
  'tourhook.debug': 'src/script/debug.ts',
  'tourhook.compat': 'src/script/compat.ts',
}

const compile = () => typescript({ noEmitOnError: true, noEmit: false, include: ['src/**/*'] })

const isExternal = id => !/^[./]/.test(id) && !id.startsWith('\0')

export default [
  {
    input: modules,
    external: isExternal,
    output: { dir: 'dist', format: 'es', chunkFileNames: 'shared/[name].js' },
    plugins: [compile(), jsonSchema()],
  },
  {
    input: modules,
    external: isExternal,
    output: { dir: 'dist', format: 'es', chunkFileNames: 'shared/[name].d.ts' },
    plugins: [dts()],
  },
  ...Object.entries(scripts).map(([name, input]) => ({
    input,
    output: { file: `dist/${name}.js`, format: 'iife', strict: false },
    plugins: [leanKy(), resolve({ browser: true }), compile(), minify()],
  })),
]

function minify() {
  const compress = { passes: 3, unsafe_arrows: true, pure_getters: true, unsafe_methods: true, inline: 1 }
  return terser({ ecma: 2020, module: true, compress })
}

/**
 * ky without what a plain call never uses: progress events, search parameters, forced retries, the merging of
 * instances, and the checking of options.
 *
 * 1.8 kB brotli of the script tag's budget. Whoever imports `tourhook` from npm gets ky as it is.
 */
function leanKy() {
  const lean = {
    'core/constants.js': `
      export const supportsRequestStreams = false
      export const supportsResponseStreams = false
      export const supportsFormData = false
      export const supportsAbortController = true
      export const supportsAbortSignal = typeof AbortSignal.any === 'function'
      export const requestMethods = []
      export const responseTypes = {}
      export const maxSafeTimeout = 2_147_483_647
      export const stop = undefined
      export const retry = undefined
      export class RetryMarker {}`,
    'utils/body.js': `
      export const streamRequest = request => request
      export const streamResponse = response => response`,
    'utils/merge.js': `
      export const validateAndMerge = (...sources) => Object.assign({}, ...sources)
      export const mergeHeaders = (_, headers) => new Headers(headers)
      export const mergeHooks = hooks => hooks`,
    'utils/options.js': `
      export const findUnknownOptions = () => ({})
      export const hasSearchParameters = () => false`,
    'utils/normalize.js': `
      export const normalizeRequestMethod = method => method
      export const normalizeRetryOptions = retry => ({ delay: count => 300 * 2 ** (count - 1), ...retry })`,
    'errors/NonError.js': 'export class NonError extends Error {}',
    'errors/ForceRetryError.js': 'export class ForceRetryError extends Error {}',
  }
  return { name: 'lean-ky', load: id => lean[id.split('/ky/distribution/')[1]] }
}

/** Writes the config's JSON Schema beside the schema, for editors. */
function jsonSchema() {
  return {
    name: 'json-schema',
    async writeBundle() {
      const { configJsonSchema } = await import('./dist/schema.js')
      writeFileSync('dist/tourhook.schema.json', `${JSON.stringify(configJsonSchema(), null, 2)}\n`)
    },
  }
}
