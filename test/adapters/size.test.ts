// @vitest-environment node
import { stripTypeScriptTypes } from 'node:module'
import { brotliCompressSync } from 'node:zlib'
import terser from '@rollup/plugin-terser'
import { rollup } from 'rollup'
import { expect, test } from 'vitest'

test.each(['driver', 'shepherd', 'intro', 'joyride'])(
  'the %s adapter weighs less than 2 kB, minified and compressed',
  async name => {
    const bundle = await rollup({
      input: `src/adapters/${name}.ts`,
      plugins: [{ name: 'strip', transform: code => stripTypeScriptTypes(code) }],
    })
    const { output } = await bundle.generate({ plugins: [terser({ ecma: 2020, module: true })] })
    expect(output).toHaveLength(1)
    expect(brotliCompressSync(output[0].code).length).toBeLessThan(2_000)
  },
)
