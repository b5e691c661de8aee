import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import ts from 'typescript'

/** One import of a source file, or one of its re-exports. */
export interface Import {
  /** The importing file, relative to `src`. */
  from: string
  /** The imported file, relative to `src`, or a package's name. */
  to: string
  /** Only types: nothing of it is left in what is built. */
  isTypeOnly: boolean
}

/** The source files, relative to `src`. */
export function sourceFiles(): string[] {
  return globSync('**/*.{ts,tsx}', { cwd: 'src' }).map(file => file.replaceAll('\\', '/'))
}

/** All imports in `src`, dynamic ones among them. */
export function importsOf(files: readonly string[]): Import[] {
  return files.flatMap(from => {
    const source = ts.createSourceFile(from, readFileSync(join('src', from), 'utf8'), ts.ScriptTarget.Latest)
    const imports: Import[] = []
    const add = (specifier: ts.Node | undefined, isTypeOnly: boolean) => {
      if (!specifier || !ts.isStringLiteral(specifier)) return
      const { text } = specifier
      imports.push({ from, to: text.startsWith('.') ? normalize(join(dirname(from), text)) : text, isTypeOnly })
    }
    const visit = (node: ts.Node) => {
      if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeImport(node.importClause))
      else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, isTypeExport(node))
      else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
        add(node.arguments[0], false)
      }
      ts.forEachChild(node, visit)
    }
    visit(source)
    return imports
  })
}

/** The first circle of imports, as the files on it; empty when there is none. */
export function cycleIn(imports: readonly Import[]): string[] {
  const targets = new Map<string, string[]>()
  for (const { from, to } of imports) targets.set(from, [...(targets.get(from) ?? []), to])
  const done = new Set<string>()

  function search(file: string, path: string[]): string[] {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (done.has(file)) return []
    for (const target of targets.get(file) ?? []) {
      const cycle = search(target, [...path, file])
      if (cycle.length > 0) return cycle
    }
    done.add(file)
    return []
  }

  for (const file of targets.keys()) {
    const cycle = search(file, [])
    if (cycle.length > 0) return cycle
  }
  return []
}

/** What a script declares beside its statements: in a script tag, each is a global. */
export function declarationsIn(script: string): string[] {
  const { statements } = ts.createSourceFile('script.js', script, ts.ScriptTarget.Latest)
  return statements
    .filter(statement => !ts.isExpressionStatement(statement))
    .map(statement => script.slice(statement.pos, statement.end).slice(0, 80))
}

function isTypeImport(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const { name, namedBindings } = clause
  return (
    !name &&
    namedBindings !== undefined &&
    ts.isNamedImports(namedBindings) &&
    namedBindings.elements.every(element => element.isTypeOnly)
  )
}

function isTypeExport({ isTypeOnly, exportClause }: ts.ExportDeclaration): boolean {
  if (isTypeOnly) return true
  return (
    exportClause !== undefined &&
    ts.isNamedExports(exportClause) &&
    exportClause.elements.every(element => element.isTypeOnly)
  )
}
