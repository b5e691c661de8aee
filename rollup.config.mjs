import { writeFileSync } from 'node:fs'
import resolve from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import typescript from '@rollup/plugin-typescript'
import { dts } from 'rollup-plugin-dts'

/** What bundlers import; each with its declarations. */
const modules = {
  adapters: 'src/adapters/index.ts',
  compat: 'src/compat.ts',
  index: 'src/index.ts',
  schema: 'src/schema/index.ts',
}

/** What script tags load: everything in one file. */
const scripts = { tourhook: 'src/script.ts', 'tourhook.compat': 'src/script-compat.ts' }

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
    output: { file: `dist/${name}.js`, format: 'iife' },
    plugins: [resolve({ browser: true }), compile(), terser({ ecma: 2020, compress: { passes: 3 } })],
  })),
]

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
