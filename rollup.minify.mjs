import { readFileSync } from 'node:fs'
import terser from '@rollup/plugin-terser'

const compress = { passes: 6, unsafe_arrows: true, pure_getters: true, inline: 1, lhs_constants: false }

/** What nothing outside of the two scripts calls by its name, and nothing stores or sends: shortened there. */
const internalNames = JSON.parse(readFileSync('rollup.names.json', 'utf8'))

/** Minifies a script, by its name. */
export function minify(script) {
  const properties = /^tourhook(\.full)?$/.test(script) && {
    regex: new RegExp(`^(${internalNames.join('|')})$`),
  }
  return terser({ ecma: 2020, module: true, compress, mangle: { properties } })
}
