import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const shortened = JSON.parse(readFileSync('rollup.names.json', 'utf8')) as string[]
const textOf = (pattern: string) =>
  globSync(pattern)
    .map(file => readFileSync(file, 'utf8'))
    .join('\n')

/** The names that some code says as a member, a key or a text. */
function saidIn(code: string, how: (name: string) => string): string[] {
  return shortened.filter(name => new RegExp(how(name)).test(code))
}

describe('a name that the scripts shorten', () => {
  it.each([
    ['the browser’s', 'node_modules/typescript/lib/lib.{dom,dom.iterable,es*}.d.ts'],
    ['public', 'dist/{index,render,adapters,compat}.d.ts'],
    ['the config’s or the message’s', 'dist/{schema.d.ts,shared/*.d.ts}'],
  ])('is not %s', (_, declarations) => {
    const code = textOf(declarations)
    expect(code.length).toBeGreaterThan(1_000)
    expect(saidIn(code, name => `\\b${name}\\??[:(<]`)).toEqual([])
  })

  it('is never written as a text, by which it would not be found', () => {
    const code = textOf('src/{delivery,tour,message,values,render,autostart,widgets,script}/**/*.ts')
    expect(saidIn(code, name => `['"\`]${name}['"\`]`)).toEqual([])
  })

  it('is gone from them', () => {
    const scripts = textOf('dist/tourhook{,.full}.js')
    expect(saidIn(scripts, name => `[.{,]${name}[:(,}]`)).toEqual([])
  })
})

describe('a public name', () => {
  it.each(['Tourhook', 'Run', 'TagStore', 'JsonStorage', 'Message', 'DeliveryEvent'])(
    'of %s is in the script as it is in the types',
    type => {
      const [, members = ''] =
        new RegExp(`interface ${type}[^{]*\\{([\\s\\S]*?)\\n\\}`).exec(textOf('dist/**/*.d.ts')) ?? []
      const names = [...members.matchAll(/^ {4}(?:readonly )?(\w+)\??[:(<]/gm)].map(([, name]) => name)
      expect(names.length).toBeGreaterThan(2)
      const script = readFileSync('dist/tourhook.js', 'utf8')
      expect(names.filter(name => !new RegExp(`\\b${name}\\b`).test(script))).toEqual([])
    },
  )
})
