import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

const pageEntries = ['index', 'render', 'adapters', 'compat'].map(name => join('dist', `${name}.d.ts`))

/** A declaration file and those that it imports, their own too. */
function reachable(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  for (const [, target = ''] of readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)) {
    reachable(join(dirname(file), target.replace(/\.js$/, '.d.ts')), seen)
  }
  return seen
}

describe('the types that an app sees', () => {
  it.each(pageEntries)('%s speaks of no zod', entry => {
    expect([...reachable(entry)].filter(file => /\bzod\b|\bZod/.test(readFileSync(file, 'utf8')))).toEqual([])
  })

  it('are exported by plain names', () => {
    const renamed = globSync('dist/**/*.{js,d.ts}')
      .filter(file => !/tourhook\.[\w.]*js$/.test(file))
      .flatMap(file => [...readFileSync(file, 'utf8').matchAll(/^export \{.*\}/gm)].map(([line]) => line))
      .filter(line => /\b\w{3,} as \w\b/.test(line))
    expect(renamed).toEqual([])
  })
})
