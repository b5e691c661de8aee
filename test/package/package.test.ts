import { execFile } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { checkPackage, Package } from '@arethetypeswrong/core'
import resolve from '@rollup/plugin-node-resolve'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { rollup } from 'rollup'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../src/schema/index.ts'
import { cycleIn, declarationsIn, type Import, importsOf, sourceFiles } from '../support/imports.ts'

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  name: string
  version: string
  files: string[]
  exports: Record<string, string | { types: string; default: string }>
}
const readme = readFileSync('README.md', 'utf8')
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
    expect(manifest.files).toEqual(['dist'])
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

  it('shakes: who imports loadConfig alone gets no ky', async () => {
    const code = await bundle(`export { loadConfig } from './dist/index.js'`)
    expect(code).toContain('loadConfig')
    expect(code).not.toMatch(/HTTPError|nanoevents|localStorage/)
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

  it.each(scripts)('%s stands alone: no import, no export, and it declares no global', script => {
    const code = readFileSync(script, 'utf8')
    expect(code).not.toMatch(/^\s*(import|export)\b|\brequire\(|\bprocess\./m)
    expect(declarationsIn(code)).toEqual([])
  })
})

describe('the sizes', () => {
  const budgets = { 'dist/tourhook.js': 9_000, 'dist/tourhook.full.js': 20_000 }
  it.each(Object.entries(budgets).filter(([file]) => existsSync(file)))(
    'of %s stay within %i B',
    (file, budget) => {
      expect(sizesOf(file).brotli).toBeLessThanOrEqual(budget)
    },
  )

  it('are what the README says', () => {
    const [, claimed] = /([\d.]+) kB for the script tag/.exec(readme) ?? []
    expect(claimed).toBe((sizesOf('dist/tourhook.js').brotli / 1_000).toFixed(1))

    const rows = [...readme.matchAll(/^\| `(dist\/[\w.]+\.js)` +\| +([\d,]+) \| +([\d,]+) \| +([\d,]+) \|/gm)]
    expect(rows).toHaveLength(2)
    for (const [, file = '', ...numbers] of rows) {
      const [minified, gzip, brotli] = numbers.map(number => Number(number.replaceAll(',', '')))
      expect({ file, minified, gzip, brotli }).toEqual({ file, ...sizesOf(file) })
    }
  })
})

describe('the README', () => {
  const examples = [...readme.matchAll(/^(\{\n.*?^\})$/gms)].map(([, text = '']) => text)
  const configs = examples.filter(text => /^ {2}"(tours|webhooks)"/m.test(text))

  it('shows configs that are right', () => {
    expect(configs.length).toBeGreaterThanOrEqual(2)
    for (const text of configs) expect(() => parseConfig(JSON.parse(text))).not.toThrow()
  })

  it('shows code that compiles', { timeout: 60_000 }, () => {
    const shown = [...readme.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = '']) => code)
    const given = `
      import type { Emitter, Transaction } from 'tourhook/server'
      declare global {
        const user: { id: string; email: string }
        const emitter: Emitter
        const client: Transaction
        function show(step: object, actions: { onNext(): void; onClose(): void }): void
        function hide(tour: string): void
      }`
    // The others need a host's own libraries.
    const blocks = shown.filter(code => !/attachDriver|standardwebhooks/.test(code))
    expect(blocks.length).toBeGreaterThanOrEqual(3)
    const files = new Map<string, string>(
      blocks.map((code, index) => [`test/readme-${index}.virtual.ts`, `${code}\nexport {}`]),
    )
    files.set('test/given.virtual.ts', given).set('test/tourhook.json', configs[0] ?? '')
    expect(problemsIn(files)).toEqual([])
  })

  it('shows messages that checks really give', () => {
    const broken = {
      webhooks: [{ id: 'crm', url: 'http://example.com' }],
      tours: [
        {
          id: 'a',
          steps: [{ type: 'modal' }, { type: 'trigger', trigger: { type: 'webhook', webhook: 'crmm' } }],
        },
      ],
    }
    const problems = /^tours\[0\].*\nwebhooks\[0\].*$/m.exec(readme)?.[0].split('\n') ?? []
    expect(problems).toHaveLength(2)
    for (const problem of problems) expect(() => parseConfig(broken)).toThrow(problem)
  })
})

/** What the compiler finds in files that are given as texts, by the project's own settings. */
function problemsIn(files: Map<string, string>): string[] {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile)
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, '.')
  const host = ts.createCompilerHost(options)
  const { readFile, fileExists } = host
  const given = (path: string) => files.get(relative('.', path))
  host.readFile = path => given(path) ?? readFile(path)
  host.fileExists = path => given(path) !== undefined || fileExists(path)
  const program = ts.createProgram([...files.keys()], options, host)
  return [...files.keys()]
    .flatMap(path => ts.getPreEmitDiagnostics(program, program.getSourceFile(path)))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}

describe('the source', () => {
  const files = sourceFiles()
  const imports = importsOf(files)
  const inside = imports.filter(({ to }) => to.endsWith('.ts'))
  const rooms = [
    'schema',
    'values',
    'message',
    'delivery',
    'tour',
    'autostart',
    'widgets',
    'render',
    'adapters',
    'script',
    'server',
  ]
  const roomOf = (file: string) => rooms.find(room => file.startsWith(`${room}/`)) ?? file.replace(/\.ts$/, '')
  const isEntry = (file: string) => /^(index\.ts|script\/)/.test(file)
  const text = ({ from, to }: Import) => `${from} → ${to}`

  /** What each room's code may use; types may come from further away, see below. */
  const directions: Record<string, string[]> = {
    schema: [],
    values: [],
    message: ['values'],
    events: [],
    'load-config': [],
    delivery: ['message', 'values'],
    tour: ['message', 'values'],
    autostart: ['tour', 'values'],
    widgets: ['tour', 'message', 'values'],
    tourhook: ['events', 'message', 'values', 'delivery', 'tour'],
    render: ['tour', 'message', 'values', 'autostart'],
    adapters: ['values'],
    server: ['schema', 'message', 'values'],
  }

  it('goes in one direction: schema ← message ← delivery, tour ← tourhook ← entries', () => {
    const wrong = inside.filter(({ from, to, isTypeOnly }) => {
      const [room, target] = [roomOf(from), roomOf(to)]
      return !isTypeOnly && !isEntry(from) && room !== target && !directions[room]?.includes(target)
    })
    expect(wrong.map(text)).toEqual([])
  })

  it('takes even types from no room that knows it', () => {
    const knows = (room: string): string[] =>
      (directions[room] ?? []).flatMap(other => [other, ...knows(other)])
    const wrong = inside.filter(({ from, to }) => {
      const [room, target] = [roomOf(from), roomOf(to)]
      return room !== target && !isEntry(from) && knows(target).includes(room)
    })
    expect(wrong.map(text)).toEqual([])
  })

  it('brings zod to no page: only the schema, the server and the debug script use it', () => {
    const users = imports.filter(
      ({ to, isTypeOnly }) => !isTypeOnly && (to.startsWith('zod') || to.startsWith('schema/')),
    )
    const wrong = users.filter(
      ({ from }) => !['schema', 'server'].includes(roomOf(from)) && !/^script\/debug/.test(from),
    )
    expect(wrong.map(text)).toEqual([])
  })

  it('keeps the server, the renderer and the adapters for themselves', () => {
    const wrong = inside.filter(({ from, to }) => {
      const target = roomOf(to)
      const isKept = ['server', 'render', 'adapters'].includes(target) && roomOf(from) !== target
      return isKept && !isEntry(from)
    })
    expect(wrong.map(text)).toEqual([])
    expect(inside.filter(({ from, to }) => isEntry(from) && to.startsWith('server/')).map(text)).toEqual([])
  })

  it('keeps Node out of the browser, and the browser’s packages out of the server', () => {
    const isServers = (file: string) => roomOf(file) === 'server'
    const wrong = imports.filter(({ from, to }) =>
      isServers(from) ? /^(ky|driver\.js)$/.test(to) : /^(node:|hono|undici|ipaddr|pg|@hono)/.test(to),
    )
    expect(wrong.map(text)).toEqual([])
  })

  it('uses each package in one place: ky to send, driver.js to draw', () => {
    const users = (name: string) => imports.filter(({ to }) => to === name).map(({ from }) => from)
    expect(users('ky')).toEqual(['delivery/send.ts'])
    expect(users('driver.js').filter(file => !file.startsWith('render/'))).toEqual([])
  })

  it('has no import cycle', () => {
    expect(cycleIn(inside)).toEqual([])
  })

  it('imports no index.ts from inside', () => {
    expect(inside.filter(({ to }) => /(^|\/)index\.ts$/.test(to)).map(text)).toEqual([])
  })

  it('has default exports nowhere', () => {
    expect(files.filter(file => /^export default\b/m.test(sourceOf(file)))).toEqual([])
  })

  const browserFiles = files.filter(
    file => !/^(server|schema|render|adapters|autostart)\//.test(file) && !isEntry(file),
  )

  it('listens to the window and the document in page.ts alone', () => {
    const listeners = browserFiles.filter(file =>
      /(?<![\w.])((window|document|globalThis)\.)?addEventListener\(/.test(sourceOf(file)),
    )
    expect(listeners).toEqual(['delivery/page.ts'])
  })

  it('looks at the DOM where forms and sources are read alone', () => {
    const looks =
      /\.(querySelector(All)?|getElementById|matches|closest|textContent|innerHTML|cloneNode|createElement)\b/
    expect(browserFiles.filter(file => looks.test(sourceOf(file))).sort()).toEqual([
      'tour/controls.ts',
      'tour/form.ts',
      'tour/sources.ts',
    ])
  })

  it('never listens to unload, and never evaluates a text', () => {
    expect(
      files.filter(file => /['"](before)?unload['"]|\beval\(|new Function\b/.test(sourceOf(file))),
    ).toEqual([])
  })
})

function sourceOf(file: string): string {
  // Comments speak of what the code does not do.
  return readFileSync(join('src', file), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
}

function sizesOf(file: string): { minified: number; gzip: number; brotli: number } {
  const bytes = readFileSync(file)
  return {
    minified: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
  }
}

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
