import { execFile } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { checkPackage, Package } from '@arethetypeswrong/core'
import resolve from '@rollup/plugin-node-resolve'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { rollup } from 'rollup'
import { describe, expect, it } from 'vitest'
import { declarationsIn } from '../support/imports.ts'

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  name: string
  version: string
  files: string[]
  exports: Record<string, string | { types: string; default: string }>
}
const run = promisify(execFile)

/** What npm publishes, and what a check of the package gets to see. */
const published = ['package.json', 'README.md', 'LICENSE', ...globSync('dist/**/*.*')].map(name => ({
  name,
  data: readFileSync(name),
}))

describe('the package', () => {
  it('has all that it exports', () => {
    const paths = Object.values(manifest.exports).flatMap(entry =>
      typeof entry === 'string' ? [entry] : [entry.types, entry.default],
    )
    expect(paths.filter(path => !existsSync(path))).toEqual([])
    expect(manifest.files).toEqual(['dist', '!dist/script'])
  })

  it('is as publint wants it', async () => {
    const files = published.map(({ name, data }) => ({
      name: join('package', name),
      data: Uint8Array.from(data).buffer,
    }))
    const { messages, pkg } = await publint({ pack: { files }, pkgDir: 'package', level: 'suggestion' })
    expect(messages.map(message => formatMessage(message, pkg, { color: false }))).toEqual([])
  })

  it('has the right types wherever ESM is understood', async () => {
    const root = `/node_modules/${manifest.name}`
    const files = Object.fromEntries(published.map(({ name, data }) => [`${root}/${name}`, data]))
    const scripts = Object.keys(manifest.exports).filter(entry => /\.js(on)?$/.test(entry))
    const result = await checkPackage(new Package(files, manifest.name, manifest.version), {
      excludeEntrypoints: scripts,
    })
    if (!result.types) throw new Error('the package has no types')
    // ESM only, on purpose: `require` of it works in each Node that we run on, yet is told as a problem.
    const isOurs = (problem: object) =>
      !('resolutionKind' in problem && ['node10', 'node16-cjs'].includes(String(problem.resolutionKind)))
    expect(result.problems.filter(isOurs)).toEqual([])
    expect(Object.keys(result.entrypoints).sort()).toEqual(
      Object.keys(manifest.exports)
        .filter(entry => !scripts.includes(entry))
        .sort(),
    )
  })

  it.each(
    Object.entries(manifest.exports).flatMap(([entry, target]) => (typeof target === 'string' ? [] : [entry])),
  )('does nothing and throws nothing when plain Node imports %s', async entry => {
    const code = `const exported = await import('${entry.replace('.', manifest.name)}'); console.log(Object.keys(exported).length)`
    const { stdout, stderr } = await run(process.execPath, [
      '--no-warnings',
      '--input-type=module',
      '--eval',
      code,
    ])
    expect(Number(stdout)).toBeGreaterThan(0)
    expect(stderr).toBe('')
  })

  it('serves its own editor from the companion, wherever it is installed', async () => {
    const code = `const { createCompanion, createEmitter } = await import('${manifest.name}/server')
      const emitter = createEmitter()
      const companion = createCompanion({ emitter, config: {}, allowedOrigins: [] })
      const response = await companion.fetch(new Request('http://localhost/v1/tourhook.edit.js'))
      process.stdout.write(await response.text())
      await emitter.close()`
    const { stdout } = await run(process.execPath, ['--no-warnings', '--input-type=module', '--eval', code])
    expect(stdout).toBe(readFileSync('dist/tourhook.edit.js', 'utf8'))
  })

  it('shakes: who imports loadConfig alone gets nothing else', async () => {
    const code = await bundle(`export { loadConfig } from './dist/index.js'`)
    expect(code).toContain('loadConfig')
    expect(code).not.toMatch(/AbortController|nanoevents|localStorage/)
    expect(code.length).toBeLessThan(1_000)
    expect(await bundle(`import './dist/index.js'`)).toBe('')
  })
})

describe('the scripts', () => {
  const scripts = globSync('dist/tourhook*.js')

  it('are there', () => {
    expect(scripts).toContain(join('dist', 'tourhook.js'))
  })

  it.each(scripts)('%s works under a strict CSP: no eval, no code from a text', script => {
    expect(readFileSync(script, 'utf8')).not.toMatch(
      /\beval\(|\bnew Function\b|\bFunction\(|set(Timeout|Interval)\(["'`]/,
    )
  })

  // The full script imports the editor on demand.
  const tags = scripts.filter(script => script !== join('dist', 'tourhook.edit.js'))
  it.each(tags)('%s stands alone: no import, no export, and it declares no global', script => {
    const code = readFileSync(script, 'utf8')
    expect(code).not.toMatch(/^\s*(import|export)\b|\brequire\(|\bprocess\./m)
    expect(declarationsIn(code)).toEqual([])
  })
})

/** What a bundler makes of this code. */
async function bundle(code: string): Promise<string> {
  const entry = {
    name: 'entry',
    resolveId: (id: string) => (id === 'entry' ? join(process.cwd(), 'entry.js') : null),
    load: (id: string) => (id === join(process.cwd(), 'entry.js') ? code : null),
  }
  const build = await rollup({
    input: 'entry',
    plugins: [entry, resolve({ browser: true })],
    logLevel: 'silent',
  })
  const { output } = await build.generate({ format: 'es' })
  await build.close()
  return output[0].code.trim()
}
