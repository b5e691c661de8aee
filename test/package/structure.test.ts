import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cycleIn, type Import, importsOf, sourceFiles } from '../support/imports.ts'

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
    'edit',
    'admin',
    'script',
    'server',
  ]
  const roomOf = (file: string) => rooms.find(room => file.startsWith(`${room}/`)) ?? file.replace(/\.ts$/, '')
  const isEntry = (file: string) => /^(index\.ts|script\/)/.test(file)
  const text = ({ from, to }: Import) => `${from} → ${to}`

  /** What each room's code may use; types may come from further away, see below. */
  const directions: Record<string, string[]> = {
    schema: ['values'],
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
    edit: ['tour', 'message', 'values', 'autostart', 'render', 'delivery', 'events', 'tourhook'],
    admin: ['values'],
    server: ['schema', 'message', 'values', 'admin'],
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

  it('keeps the server, the renderer and the adapters for themselves; the editor alone draws with the renderer’s parts', () => {
    const wrong = inside.filter(({ from, to }) => {
      const target = roomOf(to)
      const isKept = ['server', 'render', 'adapters'].includes(target) && roomOf(from) !== target
      const isDrawing = roomOf(from) === 'edit' && target === 'render'
      return isKept && !isDrawing && !isEntry(from)
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

  it('uses each package in one place: driver.js to draw, and ky for no page', () => {
    const users = (name: string) => imports.filter(({ to }) => to === name).map(({ from }) => from)
    expect(users('ky').filter(file => !file.startsWith('admin/'))).toEqual([])
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
    file => !/^(server|schema|render|adapters|autostart|edit)\//.test(file) && !isEntry(file),
  )

  it('listens to the window and the document in page.ts, and for a later Tourhook, alone', () => {
    const listeners = browserFiles.filter(file =>
      /(?<![\w.])((window|document|globalThis)\.)?addEventListener\(/.test(sourceOf(file)),
    )
    expect(listeners.sort()).toEqual(['delivery/page.ts', 'tour/take-over.ts'])
  })

  it('looks at the DOM where forms and sources are read alone', () => {
    const looks =
      /\.(querySelector(All)?|getElementById|matches|closest|textContent|innerHTML|cloneNode|createElement)\b/
    expect(browserFiles.filter(file => looks.test(sourceOf(file))).sort()).toEqual([
      'tour/sources/controls.ts',
      'tour/sources/form.ts',
      'tour/sources/natives.ts',
      'tour/sources/passwords.ts',
      'tour/sources/private-elements.ts',
      'tour/sources/read-element.ts',
    ])
  })

  it('never listens to unload, and never evaluates a text', () => {
    expect(
      files.filter(file => /['"](before)?unload['"]|\beval\(|new Function\b/.test(sourceOf(file))),
    ).toEqual([])
  })
})

describe('the rooms', () => {
  const files = sourceFiles()
  const nameOf = (file: string) => basename(file).replace(/\.tsx?$/, '')
  const doubled = (names: string[]) => [
    ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
  ]
  /** The stores answer the same questions, each in files of the same names. */
  const isTwin = (file: string) => /^server\/stores\/(memory|sqlite|postgres)\//.test(file)

  it('hold at most fourteen files each, and the server itself at most six', () => {
    const count = (folder: string) => files.filter(file => dirname(file) === folder).length
    expect([...new Set(files.map(dirname))].filter(folder => count(folder) > 14)).toEqual([])
    expect(count('server')).toBeLessThanOrEqual(6)
  })

  it('have each file name once', () => {
    const names = files.filter(file => !isTwin(file)).map(nameOf)
    expect(doubled(names).filter(name => name !== 'index')).toEqual([])
  })

  it('have each exported name once', () => {
    const names = files
      .filter(file => !isTwin(file))
      .flatMap(file => [
        ...sourceOf(file).matchAll(/^export (?:async )?(?:const|function|class|interface|type) (\w+)/gm),
      ])
      .map(([, name = '']) => name)
    expect(doubled(names)).toEqual([])
  })

  it('build by a config of at most 80 lines, which replaces nobody’s code', () => {
    const config = readFileSync('rollup.config.mjs', 'utf8')
    expect(config.split('\n').length).toBeLessThanOrEqual(81)
    expect(config).not.toMatch(/\bload\b\s*[(:]/)
  })
})

function sourceOf(file: string): string {
  // Comments speak of what the code does not do.
  return readFileSync(join('src', file), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
}
