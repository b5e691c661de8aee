import commonjs from '@rollup/plugin-commonjs'
import resolve from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import { rollup } from 'rollup'

/** A script of these imports, minified: what a page that uses them has to load. */
export async function bundle(code: string): Promise<string> {
  const entry = `${process.cwd()}/bench-entry.js`
  const build = await rollup({
    input: entry,
    onwarn: () => {
      // Cycles and misplaced annotations in other people's packages.
    },
    plugins: [
      {
        name: 'entry',
        resolveId: id => (id === entry ? id : null),
        load: id => (id === entry ? code : null),
      },
      resolve({ browser: true }),
      commonjs(),
      terser({ ecma: 2020, compress: { passes: 2 } }),
    ],
  })
  const { output } = await build.generate({ format: 'iife', inlineDynamicImports: true, name: 'bundle' })
  return output[0].code
}
