import { execFile } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { promisify } from 'node:util'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { ConfigError, checkConfig, parseConfig } from '../../src/schema/index.ts'

const run = promisify(execFile)
const pages = ['README.md', ...globSync('docs/*.md'), ...globSync('{ARCHITECTURE,CONTRIBUTING,SECURITY}.md')]

interface Snippet {
  page: string
  language: string
  code: string
}

const snippets: Snippet[] = pages.flatMap(page =>
  [...readFileSync(page, 'utf8').matchAll(/^```(\w+)[^\n]*\n(.*?)^```/gms)].map(
    ([, language = '', code = '']) => ({ page, language, code }),
  ),
)
const written = (...languages: string[]) => snippets.filter(({ language }) => languages.includes(language))

describe('the pages', () => {
  it('can be read in one go: the README has at most 150 lines, the others 200', () => {
    const lengths = pages.map(page => [page, readFileSync(page, 'utf8').split('\n').length - 1] as const)
    const isLong = ([page, length]: readonly [string, number]) => length > (page === 'README.md' ? 150 : 200)
    expect(lengths.filter(isLong)).toEqual([])
  })

  it.each(pages)('%s has links that lead somewhere', page => {
    const text = readFileSync(page, 'utf8')
      .replace(/^```.*?^```/gms, '')
      .replace(/`[^`\n]*`/g, '')
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link)
    const broken = links.filter(link => {
      if (/^(https:|mailto:)/.test(link)) return false
      const [path = '', anchor] = link.split('#')
      const file = path === '' ? page : normalize(join(dirname(page), path))
      if (!existsSync(file)) return true
      return anchor !== undefined && !anchorsOf(file).includes(anchor)
    })
    expect(broken).toEqual([])
  })

  it('are all reached from the README', () => {
    const readme = readFileSync('README.md', 'utf8')
    expect(globSync('docs/*.md').filter(page => !readme.includes(`(${page}`))).toEqual([])
  })
})

describe('the pages for contributors', () => {
  it.each(['ARCHITECTURE.md', 'CONTRIBUTING.md'])('%s names files that are there', page => {
    const files = globSync(['*', '{src,test,examples,docs}/**/*.*']).map(file => `/${file}`)
    const spans = [...readFileSync(page, 'utf8').matchAll(/`([\w./-]+\.(?:ts|tsx|mjs|json|md))`/g)]
    const named = spans.map(([, name = '']) => name)
    expect(named.length).toBeGreaterThan(9)
    expect(named.filter(name => !files.some(file => file.endsWith(`/${name}`)))).toEqual([])
  })
})

describe('the JSON they show', () => {
  const all = written('json').map(({ page, code }) => [page, code] as const)

  it('is, where it is a config or a part of one, right', () => {
    const problems = all.flatMap(([page, code]) => {
      try {
        const config = configAround(JSON.parse(code))
        if (config) parseConfig(config)
        return []
      } catch (error) {
        return [`${page}: ${error instanceof ConfigError ? error.message : error}\n${code}`]
      }
    })
    expect(problems).toEqual([])
    expect(all.length).toBeGreaterThanOrEqual(10)
  })
})

describe('the code they show', () => {
  it('compiles', { timeout: 60_000 }, () => {
    const shown = written('ts', 'tsx')
    const files = new Map(
      shown.map(({ page, language, code }, index) => [
        `test/${page.replaceAll(/\W/g, '-')}-${index}.virtual.${language}`,
        `${code}\nexport {}`,
      ]),
    )
    files.set('test/given.virtual.ts', given).set('test/tourhook.json', '{}')
    expect(problemsIn(files)).toEqual([])
    expect(shown.length).toBeGreaterThanOrEqual(8)
  })

  it('names commands and options that there are', async () => {
    const lines = written('sh')
      .flatMap(({ code }) => code.split('\n'))
      .flatMap(line => {
        const [, command = '', rest = ''] = /\btourhook ([a-z]+)([^|;#]*)/.exec(line) ?? []
        return command === '' ? [] : [{ command, rest }]
      })
    expect(lines.length).toBeGreaterThanOrEqual(3)
    for (const { command, rest } of lines) {
      const { stdout } = await run('node', ['dist/cli.js', command, '--help'])
      for (const [option] of rest.matchAll(/--[a-z-]+/g)) expect(`${command}: ${stdout}`).toContain(option)
    }
  })

  it('shows messages that checks really give', () => {
    const { problems, warnings } = checkConfig({
      webhooks: [{ id: 'crm', url: 'http://example.com', data: { role: { answer: 'roel' } } }],
      tours: [
        {
          id: 'a',
          steps: [
            { type: 'modal', fields: [{ name: 'role', type: 'text' }] },
            { type: 'trigger', trigger: { type: 'webhook', webhook: 'crmm' } },
          ],
        },
      ],
    })
    const real = [...problems, ...warnings].map(({ path, message }) => `${path}: ${message}`)
    const tours = readFileSync('docs/tours.md', 'utf8')
    const shown = [...tours.matchAll(/^ {2}line \d+:\d+ +(\S+) +(?:warning: )?(.*)$/gm)]
    expect(shown.map(([, path, message]) => `${path}: ${message}`)).toEqual(real)
  })
})

/** What the pages' code takes for granted: the reader's own. */
const given = `
  import type { Emitter, Transaction } from 'tourhook/server'
  import type { Tourhook } from 'tourhook'
  declare global {
    const user: { id: string; email: string }
    const emitter: Emitter
    const tourhook: Tourhook
    const client: Transaction
    const steps: never[]
    function driver(options: object): import('tourhook/adapters').Driver
    const Shepherd: { Tour: new (options: object) => import('tourhook/adapters').ShepherdTour }
    const introJs: { tour(): { setOptions(options: object): import('tourhook/adapters').IntroTour } }
    function show(step: object, actions: { onNext(): void; onClose(): void }): void
    function hide(tour: string): void
    function isNew(id: string): Promise<boolean>
    function addLead(message: unknown): Promise<void>
  }`

/** A config around what a page shows of one; `undefined` for what is none, such as a message. */
function configAround(shown: unknown): object | undefined {
  if (Array.isArray(shown)) return undefined
  const part = Object(shown) as Record<string, unknown>
  const isConfig = ['webhooks', 'tours', 'checklists', 'banners', 'segments'].some(key => key in part)
  if (isConfig) return part
  if ('url' in part && 'id' in part) return { webhooks: [secretFilled(part)] }
  return undefined
}

/** A page shows `whsec_…` where a reader's own secret goes. */
function secretFilled(webhook: Record<string, unknown>): object {
  return 'secret' in webhook ? { ...webhook, secret: `whsec_${'A'.repeat(32)}` } : webhook
}

/** The anchors of a page's headings, as GitHub and npm make them. */
function anchorsOf(page: string): string[] {
  const text = readFileSync(page, 'utf8').replace(/^```.*?^```/gms, '')
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

/** What the compiler finds in files that are given as texts, by the project's own settings. */
function problemsIn(files: Map<string, string>): string[] {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile)
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, '.')
  const host = ts.createCompilerHost(options)
  const { readFile, fileExists } = host
  const text = (path: string) => files.get(relative('.', path))
  host.readFile = path => text(path) ?? readFile(path)
  host.fileExists = path => text(path) !== undefined || fileExists(path)
  const program = ts.createProgram(
    [...files.keys()],
    { ...options, resolveJsonModule: true, noUnusedLocals: false },
    host,
  )
  return [...files.keys()]
    .flatMap(path => ts.getPreEmitDiagnostics(program, program.getSourceFile(path)))
    .map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`)
}
