import { writeFileSync } from 'node:fs'
import resolve from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import { dts } from 'rollup-plugin-dts'
import ts from 'typescript'

/** What bundlers import; each with its declarations. */
const modules = {
  index: 'src/index.ts',
  schema: 'src/schema/index.ts',
  render: 'src/render/index.ts',
  adapters: 'src/adapters/index.ts',
  admin: 'src/admin/index.ts',
  compat: 'src/script/usetiful.ts',
  edit: 'src/edit/index.ts',
  server: 'src/server/index.ts',
  cli: 'src/server/cli/cli.ts',
}

/** All that a script tag needs, in one file; the full one imports the editor on demand. */
const scripts = {
  tourhook: 'src/script/core.ts',
  'tourhook.full': 'src/script/full.ts',
  'tourhook.debug': 'src/script/debug.ts',
  'tourhook.compat': 'src/script/compat.ts',
  'tourhook.stage': 'src/script/stage.ts',
  'tourhook.edit': 'src/edit/open-editor.ts',
}

// Takes types out file by file: `npm run types` has checked them, and a program for each output takes seconds.
const compilerOptions = { target: 'es2022', module: 'esnext', verbatimModuleSyntax: true }
const strip = code => ({ code: ts.transpileModule(code, { compilerOptions }).outputText, map: null })
const compile = { name: 'compile', transform: { filter: { id: /\.ts$/ }, handler: strip } }

// Plain names between the files, so that a reader of the types or of a stack finds them again.
const esm = { dir: 'dist', format: 'es', minifyInternalExports: false }
const isExternal = id => !/^[./]/.test(id) && !id.startsWith('\0')

const js = [
  {
    input: modules,
    external: isExternal,
    output: { ...esm, chunkFileNames: 'shared/[name].js' },
    plugins: [compile, jsonSchema()],
  },
  ...Object.entries(scripts).map(([name, input]) => ({
    input,
    output: { file: `dist/${name}.js`, format: name === 'tourhook.edit' ? 'es' : 'iife', strict: false },
    plugins: [resolve({ browser: true }), compile, minify()],
  })),
]

// A page's entries apart: the schema's own values, and zod with them, are no part of what an app sees.
const { schema, server, cli, ...pages } = modules
const types = [pages, { schema, server }].map((input, group) => ({
  input,
  external: isExternal,
  treeshake: { moduleSideEffects: false },
  output: { ...esm, chunkFileNames: `shared/[name]${group === 0 ? '' : '.server'}.d.ts` },
  plugins: [dts()],
}))

/** `--configJs` or `--configTypes` builds these alone. */
export default ({ configJs, configTypes }) => [...(configTypes ? [] : js), ...(configJs ? [] : types)]

function minify() {
  const compress = { passes: 6, unsafe_arrows: true, pure_getters: true, inline: 1, lhs_constants: false }
  return terser({ ecma: 2020, module: true, compress })
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
