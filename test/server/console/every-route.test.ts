import { describe, expect, it } from 'vitest'
import { systemClock } from '../../../src/server/clock.ts'
import { openApiDocument } from '../../../src/server/companion/openapi/openapi-document.ts'
import { adminToken } from '../../support/companion.ts'
import { authorToken, startConsole, viewerToken } from '../../support/console.ts'
import { everyRoute, filledPath } from '../../support/console-routes.ts'

const { html, json } = await everyRoute()
const writing = html.filter(({ method }) => method !== 'GET')
/** What shows, from a form that is not saved, what would be sent: it changes nothing. */
const isPreview = ({ path }: { path: string }) => path.endsWith('/preview') || path.startsWith('/stage/')

const names = {
  id: 'crew',
  kind: 'tours',
  step: 'hello',
  index: '0',
  number: '1',
  webhook: 'crm',
}

/** A console in which there is one of everything that a path can name. */
async function withContent() {
  const started = await startConsole({
    config: url => ({ webhooks: [{ id: 'crm', url: url('/crm'), transport: 'relay' }] }),
  })
  const { emitter, admin, receiver } = started
  await emitter.webhooks.create({ id: 'crew', url: receiver.url('/crew') })
  const triggers = [{ on: 'completed', trigger: { type: 'webhook', webhook: 'crm' } }]
  const steps = [{ id: 'hello', type: 'modal' }]
  await admin('POST', '/documents/tours', { id: 'crew', name: 'Crew', steps, triggers })
  await admin('POST', '/documents/checklists', { id: 'crew', items: [{ id: 'a', title: 'A' }] })
  await admin('POST', '/documents/banners', { id: 'crew', content: 'Hi' })
  await admin('POST', '/documents/segments', { id: 'crew' })
  await admin('POST', '/versions', {})
  await emitter.relay('crm', {
    id: 'crew',
    timestamp: '2026-11-23T09:00:00.000Z',
    name: 'CRM',
    userId: 'ada',
    events: [{ name: 'trigger_event', id: 'crew' }],
    data: {},
  })
  const kept = async () =>
    JSON.stringify([
      await emitter.console.documents(),
      await emitter.console.versions({ limit: 50 }),
      await emitter.webhooks.list(),
      await emitter.console.sessions(0),
      await emitter.console.audit({ limit: 500 }),
    ])
  return { ...started, kept }
}

/** Several answers at once, as `method path: status`. */
async function each<T extends { method: string; path: string }>(
  routes: readonly T[],
  ask: (route: T) => Promise<{ status: number }>,
): Promise<string[]> {
  const answers: string[] = []
  for (const route of routes) answers.push(`${route.method} ${route.path}: ${(await ask(route)).status}`)
  return answers
}
const allWith = (routes: readonly { method: string; path: string }[], status: number) =>
  routes.map(({ method, path }) => `${method} ${path}: ${status}`)

describe('every page that writes', () => {
  it('is one of many', () => {
    expect(writing.length).toBeGreaterThan(40)
    expect(json.length).toBeGreaterThan(40)
  })

  it('refuses a viewer, and nothing is changed', async () => {
    const { signIn, kept } = await withContent()
    const viewer = await signIn(viewerToken)
    const before = await kept()
    const routes = writing.filter(route => !isPreview(route))
    const form = { name: 'x', id: 'x', rev: '1', item: 'tours/crew', json: '{}', session: 'x' }
    const answers = await each(routes, ({ path }) => viewer.post(filledPath(path, names), form))
    expect(answers).toEqual(allWith(routes, 403))
    expect(await kept()).toBe(before)
  })

  it('refuses a form of another site, of none, and one that a script has sent, whoever is signed in', async () => {
    const { signIn, kept } = await withContent()
    const owner = await signIn()
    const before = await kept()
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: '' },
      { origin: 'null' },
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    ]
    for (const headers of foreign) {
      const answers = await each(writing, ({ path }) =>
        owner.post(filledPath(path, names), { name: 'x' }, headers),
      )
      expect(answers).toEqual(allWith(writing, 403))
    }
    expect(await kept()).toBe(before)
  })

  it('refuses whoever has signed out, or never in, and so does every page that shows', async () => {
    const { signIn, request, kept } = await withContent()
    const owner = await signIn()
    await owner.post('sign-out')
    const before = await kept()
    const shown = html.filter(({ method }) => method === 'GET')
    for (const cookie of [owner.cookie, 'tourhook_console=x', '']) {
      const post = (path: string) => request(`/console/${path}`, { cookie, form: { name: 'x' } })
      expect(await each(writing, ({ path }) => post(filledPath(path, names)))).toEqual(allWith(writing, 401))
      const get = (path: string) => request(`/console/${path}`, { cookie })
      expect(await each(shown, ({ path }) => get(filledPath(path, names)))).toEqual(allWith(shown, 302))
    }
    expect(await kept()).toBe(before)
  })
})

describe('every route of the admin API', () => {
  const described = new Map(
    Object.entries(
      (openApiDocument() as { paths: Record<string, Record<string, { 'x-role'?: string }>> }).paths,
    ).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { 'x-role': role }]): [string, string | undefined] => [
        `${method.toUpperCase()} ${path.replace('/v1/admin', '').replaceAll(/\{(\w+)\}/g, ':$1')}`,
        role,
      ]),
    ),
  )
  const roleOf = ({ method, path }: { method: string; path: string }) => described.get(`${method} ${path}`)
  const ranks = ['viewer', 'author', 'owner']

  it('is described, and each that is described is there', () => {
    const inAdmin = [...described].filter(([, role]) => role !== undefined).map(([name]) => name)
    expect(json.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(inAdmin.toSorted())
  })

  it('that writes refuses a viewer, and nothing is changed', async () => {
    const { page, kept } = await withContent()
    const before = await kept()
    const bearer = { authorization: `Bearer ${viewerToken}` }
    const routes = json.filter(({ method }) => method !== 'GET')
    const answers = await each(routes, ({ method, path }) =>
      page(method, `/v1/admin/${filledPath(path, names)}`, {}, bearer),
    )
    expect(answers).toEqual(allWith(routes, 403))
    expect(await kept()).toBe(before)
  })

  it('lets in by the role that it is described with: neither one more nor one less', async () => {
    const { page } = await withContent()
    const tokens = { viewer: viewerToken, author: authorToken, owner: adminToken }
    for (const [role, token] of Object.entries(tokens)) {
      const answers = await each(json, async ({ method, path }) => {
        // An id that nothing has: who may do it is asked first, and nothing becomes of it.
        const real = `/v1/admin/${filledPath(path, { kind: 'tours' })}`
        const body = method === 'GET' || method === 'DELETE' ? undefined : {}
        const { status, json } = await page(method, real, body, { authorization: `Bearer ${token}` })
        expect(status, path).not.toBe(401)
        return { status: status === 403 && json.error.code === 'role_too_low' ? 403 : 0 }
      })
      const expected = json.map(route => {
        const may = ranks.indexOf(role) >= ranks.indexOf(roleOf(route) ?? '')
        return `${route.method} ${route.path}: ${may ? 0 : 403}`
      })
      expect({ role, answers }).toEqual({ role, answers: expected })
    }
  })

  it('takes no cookie for a token: a page of another site could send it', async () => {
    const { signIn, page } = await withContent()
    const { cookie } = await signIn()
    for (const { method, path } of json) {
      const body = method === 'GET' ? undefined : {}
      const { status } = await page(method, `/v1/admin/${filledPath(path, names)}`, body, { cookie })
      // After so many, it does not even look.
      expect([401, 429], path).toContain(status)
    }
  })

  it('refuses 1,000 wrong tokens, and soon does not even look at them', async () => {
    const { page } = await startConsole({ clock: { ...systemClock, elapsed: () => 0 } })
    const statuses: number[] = []
    for (let index = 0; index < 1_000; index += 1) {
      const bearer = { authorization: `Bearer wrong-${index}` }
      statuses.push((await page('GET', '/v1/admin/documents', undefined, bearer)).status)
    }
    expect(new Set(statuses)).toEqual(new Set([401, 429]))
    expect(statuses.filter(status => status === 401).length).toBeLessThanOrEqual(50)
  })
})
