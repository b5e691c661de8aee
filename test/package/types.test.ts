import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'
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

/** Other libraries' objects, as far as the adapters use them: their docs are those libraries' own. */
const foreign = ['Driver', 'LegacyDriver', 'IntroTour', 'JoyrideEvent', 'ShepherdTour']

/** Every member of the interfaces and object types that the entries export, and whether it has a comment. */
function publicMembers(): { name: string; isDocumented: boolean }[] {
  const entries = [...pageEntries, 'dist/schema.d.ts', 'dist/server.d.ts']
  const program = ts.createProgram(entries, {
    strict: true,
    noEmit: true,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    module: ts.ModuleKind.ESNext,
  })
  const checker = program.getTypeChecker()
  return entries.flatMap(entry => {
    const file = program.getSourceFile(entry)
    const module = file && checker.getSymbolAtLocation(file)
    return (module ? checker.getExportsOfModule(module) : []).flatMap(exported => {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
      if (foreign.includes(symbol.name)) return []
      return (symbol.declarations ?? [])
        .filter(node => ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node))
        .flatMap(node => checker.getTypeAtLocation(node).getProperties())
        .filter(member => member.declarations?.some(node => node.getSourceFile().fileName.includes('dist/')))
        .map(member => ({
          name: `${entry.replace('dist/', '').replace('.d.ts', '')}: ${symbol.name}.${member.name}`,
          isDocumented: member.getDocumentationComment(checker).length > 0,
        }))
    })
  })
}

describe('what an editor shows of the code', () => {
  it('has a line for every member of every public type', () => {
    const members = publicMembers()
    expect(members.length).toBeGreaterThan(200)
    expect(members.filter(({ isDocumented }) => !isDocumented).map(({ name }) => name)).toEqual([])
  })
})
