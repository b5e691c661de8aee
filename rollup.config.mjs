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
  'tourhook.edit': 'src/edit/open-with-kit.ts',
}

// `npm run types` has checked them; the imports' endings are the build's matter.
const emit = { include: 'src/**/*', noCheck: true, noEmit: false, allowImportingTsExtensions: false }
/** Writes the config's JSON Schema beside the schema, for editors. */
const jsonSchema = {
  name: 'json-schema',
  async writeBundle() {
    const { configJsonSchema } = await import('./dist/schema.js')
    writeFileSync('dist/tourhook.schema.json', `${JSON.stringify(configJsonSchema(), null, 2)}\n`)
  },
}
const plugins = [typescript(emit), jsonSchema]
/** What the companion serves, as a module too: whoever bundles a server loses files beside it. */
const asText = {
  name: 'as-text',
  generateBundle(_, { 'tourhook.stage.js': stage, 'tourhook.edit.js': script = stage }) {
    const source = `export default ${JSON.stringify(script?.code)}\n`
    if (script) this.emitFile({ type: 'asset', fileName: `text/${script.fileName}`, source })
  },
}
const compress = { passes: 3, unsafe_arrows: true, pure_getters: true, inline: 1, lhs_constants: false }
// A page's own `const URL` or `class Map` hides the browser's from every script, and a `var` replaces it sooner or later.
const script = { strict: false, intro: 'const { CustomEvent, Element, Map, Response, Set, URL } = window' }

// Plain names between the files, so that a reader of the types or of a stack finds them again.
const modular = { dir: 'dist', format: 'es', minifyInternalExports: false }
const entryFileNames = ({ name }) => `${name in scripts ? 'script/' : ''}${name}.js`
const esm = { ...modular, entryFileNames, chunkFileNames: 'shared/[name].js' }
const isExternal = id => (!/^[./]/.test(id) && !id.startsWith('\0')) || id.includes('/dist/text/')

// All is compiled once; each script is made of that.
const js = [
  { input: { ...modules, ...scripts }, external: isExternal, output: esm, plugins },
  ...Object.keys(scripts).map(name => ({
    input: `dist/script/${name}.js`,
    output: { ...script, file: `dist/${name}.js`, format: name === 'tourhook.edit' ? 'es' : 'iife' },
    plugins: [resolve({ browser: true }), terser({ ecma: 2020, module: true, compress }), asText],
  })),
]

// A page's entries apart: the schema's own values, and zod with them, are no part of what an app sees.
const { schema, server, cli, ...pages } = modules
const types = [pages, { schema, server }].map((input, group) => ({
  input,
  external: isExternal,
  treeshake: { moduleSideEffects: false },
  output: { ...modular, chunkFileNames: `shared/[name]${group === 0 ? '' : '.server'}.d.ts` },
  plugins: [dts()],
}))

/** `--configJs` or `--configTypes` builds these alone. */
export default ({ configJs, configTypes }) => [...(configTypes ? [] : js), ...(configJs ? [] : types)]
