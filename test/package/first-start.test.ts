import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
}
const prepare = readFileSync('examples/prepare.mjs', 'utf8')
const list = /startTools = \[(.*?)\]/s.exec(prepare)?.[1] ?? ''
const startTools = [...list.matchAll(/'(.+?)'/g)].map(([, name = '']) => name)

/** The packages that a file imports, or takes from node_modules. */
function packagesIn(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  const imported = /^(?:import|export)\b[^'\n]*'((?:@[^/']+\/)?[a-z][\w.-]*)(?:\/[^']*)?'/gm
  const served = /node_modules\/((?:@[^/']+\/)?[\w.-]+)/g
  return [imported, served].flatMap(pattern => [...text.matchAll(pattern)].map(([, name = '']) => name))
}

it('installs for a first start all that the build and the demo take, and none of the tests’ packages', () => {
  const files = ['rollup.config.mjs', ...globSync('examples/demo/**/*.ts'), 'examples/prepare.mjs']
  const taken = new Set(files.flatMap(packagesIn).filter(name => name in devDependencies))
  expect([...taken].filter(name => name !== 'vitest' && !startTools.includes(name))).toEqual([])
  expect(startTools.filter(name => !(name in devDependencies) || name in dependencies)).toEqual([])
  expect(startTools).not.toContain('vitest')
})
