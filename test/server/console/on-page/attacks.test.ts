import { describe, expect, it } from 'vitest'
import { memoryStore } from '../../../../src/server/stores/memory/memory.ts'
import { origin, startCompanion } from '../../../support/companion.ts'
import { authorToken, startConsole, viewerToken } from '../../../support/console.ts'
import { startOnPage, withStepOf } from '../../../support/on-page.ts'
import { handWoundClock } from '../../support/clock.ts'

const other = 'https://shop.example.com'
const minute = 60_000

describe('a code', () => {
  it('is good once, also when two show it at the same moment', async () => {
    const { codeFor, redeem, ben } = await startOnPage()
    const code = await codeFor(ben)
    const answers = await Promise.all([redeem(code), redeem(code), redeem(code)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401])
    const { status, json, headers } = await redeem(code)
    expect(status).toBe(401)
    // So that the page can show what is said.
    expect(headers.get('access-control-allow-origin')).toBe(origin)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(json.error).toMatchObject({
      code: 'code_used',
      message: expect.stringContaining('ask for a new one in the console'),
    })
  })

  it('is good for two minutes', async () => {
    const { codeFor, redeem, ben, clock } = await startOnPage()
    const [code, late] = [await codeFor(ben), await codeFor(ben)]
    clock.wind(2 * minute - 1)
    expect((await redeem(code)).status).toBe(200)
    clock.wind(1)
    expect(await redeem(late)).toMatchObject({ status: 401, json: { error: { code: 'code_late' } } })
  })

  it('is good on its own origin alone, and used up by another’s try', async () => {
    const { codeFor, redeem, ben } = await startOnPage({ allowedOrigins: [origin, other] })
    const code = await codeFor(ben)
    const stolen = await redeem(code, other)
    expect(stolen).toMatchObject({ status: 401, json: { error: { code: 'code_elsewhere' } } })
    expect(stolen.text).not.toContain(origin)
    expect(await redeem(code)).toMatchObject({ status: 401, json: { error: { code: 'code_used' } } })
  })

  it('is nothing to a site that may not call at all', async () => {
    const { codeFor, redeem, ben } = await startOnPage()
    const { status, headers } = await redeem(await codeFor(ben), 'https://evil.example')
    expect(status).toBe(403)
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })

  it('is neither a token nor a session, and these are no codes', async () => {
    const { codeFor, redeem, asking, open, ben, request } = await startOnPage()
    const code = await codeFor(ben)
    expect((await asking(code).draft()).status).toBe(401)
    expect((await request('/console/overview', { cookie: `tourhook_console=${code}` })).status).toBe(302)
    const { token } = await open()
    expect((await redeem(token)).status).toBe(401)
    const session = ben.cookie.split('=')[1] ?? ''
    expect((await redeem(session)).status).toBe(401)
    expect((await asking(session).draft()).status).toBe(401)
    // Each is still good for what it is.
    expect((await redeem(code)).status).toBe(200)
    expect((await asking(token).draft()).status).toBe(200)
    expect((await ben.get('overview')).status).toBe(200)
  })

  it('ends with its person’s session', async () => {
    const { codeFor, redeem, ben } = await startOnPage()
    const code = await codeFor(ben)
    await ben.post('sign-out')
    expect(await redeem(code)).toMatchObject({ status: 401, json: { error: { code: 'signed_out' } } })
  })

  it('is kept as a hash, and so is the token', async () => {
    const { codeFor, redeem, ben, emitter, clock } = await startOnPage()
    const code = await codeFor(ben)
    const before = JSON.stringify(await emitter.console.sessions(clock.now()))
    const { token } = (await redeem(code)).json
    const after = JSON.stringify(await emitter.console.sessions(clock.now()))
    expect(before + after).not.toContain(code)
    expect(after).not.toContain(token)
  })

  it('that nobody redeems is forgotten', async () => {
    const { codeFor, ben, emitter, clock } = await startOnPage()
    for (let count = 0; count < 5; count += 1) await codeFor(ben)
    clock.wind(3 * minute)
    await codeFor(ben)
    const kept = await emitter.console.sessions(0)
    expect(kept.filter(({ kind }) => kind === 'code')).toHaveLength(1)
  })
})

describe('a person’s token', () => {
  it('ends when they sign out, when an owner ends their session, and when theirs alone is ended', async () => {
    const { open, owner, ben, signIn } = await startOnPage()
    const signedOut = await open()
    await ben.post('sign-out')
    expect(await signedOut.draft()).toMatchObject({ status: 401, json: { error: { code: 'signed_out' } } })

    const again = await signIn(authorToken)
    const [first, second] = [await open(again), await open(again)]
    const { html } = await owner.get('settings/people')
    expect(html).toContain(`on ${origin}, tour crew-welcome`)
    const sessionBefore = (label: string) =>
      [...html.matchAll(/name="session" value="([^"]+)"[\s\S]*?aria-label="([^"]+)"/g)].find(([, , name]) =>
        name?.includes(label),
      )?.[1] ?? ''
    await owner.post('settings/people/end', { session: sessionBefore('work on') })
    const statuses = [(await first.draft()).status, (await second.draft()).status]
    expect(statuses.sort()).toEqual([200, 401])

    await owner.post('settings/people/end', { session: sessionBefore('Ben’s session') })
    expect((await second.draft()).status).toBe(401)
    expect((await first.save(0, {})).status).toBe(401)
    expect((await owner.get('settings/people')).html).toContain('Nobody is at work on a page.')
  })

  it.each([
    ['has become a viewer', [{ name: 'Ben', token: authorToken, role: 'viewer' as const }]],
    ['has another token', [{ name: 'Ben', token: `${authorToken}-new`, role: 'author' as const }]],
    ['is nobody any more', [{ name: 'Vera', token: viewerToken, role: 'viewer' as const }]],
  ])('ends at once when the person %s', async (_, admins) => {
    const store = memoryStore()
    const { open, codeFor, redeem, ben, clock } = await startOnPage({ store })
    const [page, code] = [await open(), await codeFor(ben)]
    const later = await startCompanion({ store, clock, console: { admins } })
    const asked = await later.page('GET', '/v1/edit/draft', undefined, {
      authorization: `Bearer ${page.token}`,
    })
    expect(asked).toMatchObject({ status: 401, json: { error: { code: 'signed_out' } } })
    const redeemed = await later.page('POST', '/v1/edit/session', { code })
    expect(redeemed).toMatchObject({ status: 401, json: { error: { code: 'signed_out' } } })
    expect((await redeem(code)).status).toBe(401)
  })

  it('of somebody whom the host signs in lasts half an hour, since nobody can ask who they are by then', async () => {
    const { request, page, emitter, clock } = await startHosted()
    await emitter.console.changeDocument('tours', 'a', () => ({
      kind: 'tours',
      id: 'a',
      draft: { id: 'a' },
      rev: 1,
      by: 'Ada',
      at: 0,
      earlier: [],
    }))
    const asAda = { 'x-user': 'Ada', 'x-role': 'author' }
    const form = { mode: 'edit', address: `${origin}/` }
    const refused = await request('/console/tours/a/on-page', {
      form,
      headers: { ...asAda, 'x-role': 'viewer' },
    })
    expect(refused.status).toBe(403)
    const { html } = await request('/console/tours/a/on-page', { form, headers: asAda })
    const code = /tourhook-edit=([\w-]+)/.exec(html)?.[1]
    const { token } = (await page('POST', '/v1/edit/session', { code })).json
    const read = () => page('GET', '/v1/edit/draft', undefined, { authorization: `Bearer ${token}` })
    clock.wind(20 * minute)
    expect((await read()).status).toBe(200)
    clock.wind(10 * minute)
    expect((await read()).status).toBe(401)
  })

  it('is good on its own origin alone', async () => {
    const { open } = await startOnPage({ allowedOrigins: [origin, other] })
    const page = await open()
    const { rev, draft } = (await page.draft()).json
    const elsewhere = { origin: other }
    expect(await page.draft(elsewhere)).toMatchObject({
      status: 403,
      json: { error: { code: 'other_origin' } },
    })
    expect((await page.save(rev, { ...draft, name: 'Stolen' }, elsewhere)).status).toBe(403)
    expect((await page.call('DELETE', '/v1/edit/session', undefined, elsewhere)).status).toBe(403)
    expect((await page.draft()).json).toMatchObject({ rev, draft })
  })

  it('ends with its tour', async () => {
    const { open, owner, emitter } = await startOnPage()
    const page = await open()
    const { rev, draft } = (await page.draft()).json
    await owner.post('tours/crew-welcome/remove')
    expect(await page.draft()).toMatchObject({ status: 404, json: { error: { code: 'unknown_tour' } } })
    for (const asked of [0, rev, rev + 1]) expect((await page.save(asked, draft)).status).toBe(404)
    expect(await emitter.console.documents()).toEqual([])
  })

  it('does not bring back a tour that is to be removed', async () => {
    const { open, owner, emitter } = await startOnPage()
    const page = await open()
    const { draft } = (await page.draft()).json
    await owner.post('tours/crew-welcome/steps/pointer/remove')
    await owner.post('publish', { item: 'tours/crew-welcome' })
    await owner.post('tours/crew-welcome/remove')
    for (const asked of [0, 1, 2, 3, 4]) expect((await page.save(asked, draft)).status).toBe(404)
    expect((await emitter.console.document('tours', 'crew-welcome'))?.draft).toBeNull()
  })
})

describe('a page’s script that has taken the token', () => {
  it('can change that one draft, and do nothing else with any route of the companion', async () => {
    const {
      open,
      owner,
      page: ask,
      emitter,
      companion,
      receiver,
    } = await startOnPage({
      config: url => ({
        webhooks: [
          { id: 'crm', name: 'CRM', url: url('/secret-path'), headers: { 'X-Key': 'secret-key' } },
          {
            id: 'chat',
            url: url('/secret-path'),
            secret: `whsec_${'SECRET00'.repeat(4)}`,
            body: { a: 'secret-body' },
            events: ['tour_completed'],
          },
        ],
      }),
    })
    await owner.post('tours', { name: 'Another' })
    await emitter.emit({ name: 'tour_completed', userId: 'ada', id: 'welcome' })
    await receiver.arrived(1)
    const page = await open()
    const first = (await page.draft()).json
    await page.save(first.rev, withStepOf(first.draft, 'pointer', { element: '#new' }))
    await owner.post('publish', { item: 'tours/crew-welcome' })
    const bearer = { authorization: `Bearer ${page.token}` }
    const cookie = { cookie: `tourhook_console=${page.token}` }
    const before = await snapshot()

    const { paths } = (await ask('GET', '/v1/openapi.json')).json as {
      paths: Record<string, Record<string, object>>
    }
    const own = ['/v1/edit/draft', '/v1/edit/session']
    const unguarded = ['/v1/events', '/v1/relay/{webhook}', '/v1/config.json']
    const guarded = Object.entries(paths).filter(([path]) => ![...own, ...unguarded].includes(path))
    expect(guarded.length).toBeGreaterThan(10)
    for (const [path, methods] of guarded) {
      for (const method of Object.keys(methods)) {
        const real = path.replaceAll(/\{\w+\}/g, 'crm')
        const body = method === 'get' || method === 'delete' ? undefined : {}
        const { status, text } = await ask(method.toUpperCase(), real, body, { ...bearer, ...cookie })
        expect({ method, path, status }).toEqual({ method, path, status: 401 })
        expect(text).not.toMatch(/secret/i)
      }
    }
    expect((await ask('GET', '/metrics', undefined, bearer)).status).toBe(401)

    const pages = [
      'overview',
      'tours',
      'tours/another',
      'webhooks',
      'webhooks/crm',
      'deliveries',
      'users',
      'publish',
      'settings',
      'settings/people',
      'settings/audit',
      'settings/export/tourhook.json',
    ]
    const forms = [
      'tours',
      'tours/another',
      'tours/crew-welcome',
      'tours/crew-welcome/on-page',
      'publish',
      'webhooks/new',
      'webhooks/crm/rotate',
      'webhooks/crm/test',
      'users/forget',
      'settings/import',
      'settings/people/end',
      'sign-in',
    ]
    for (const path of pages) {
      const response = await companion.fetch(
        new Request(`http://companion.test/console/${path}`, { headers: { ...bearer, ...cookie, origin } }),
      )
      expect({ path, status: response.status }).toEqual({ path, status: 302 })
    }
    for (const path of forms) {
      for (const from of [origin, 'http://companion.test']) {
        const response = await companion.fetch(
          new Request(`http://companion.test/console/${path}`, {
            method: 'POST',
            headers: {
              ...bearer,
              ...cookie,
              origin: from,
              'content-type': 'application/x-www-form-urlencoded',
            },
            body: new URLSearchParams({
              token: page.token,
              name: 'Stolen',
              item: 'tours/crew-welcome',
            }).toString(),
          }),
        )
        expect({ path, status: response.status >= 400 }).toEqual({ path, status: true })
      }
    }
    expect(await snapshot()).toEqual(before)

    // The one thing, and what it shows.
    const { text, json } = await page.draft()
    expect(text).not.toMatch(/secret/i)
    const { rev, draft } = json
    for (const id of ['another', 'new', '__proto__', '']) {
      expect((await page.save(rev, { ...draft, id })).status).toBe(422)
    }
    expect((await page.save(rev, withStepOf(draft, 'hello', { title: 'Changed' }))).status).toBe(200)
    const after = await snapshot()
    expect(after).toEqual({ ...before, documents: after.documents })
    const others = (all: typeof before) => all.documents.filter(({ id }) => id !== 'crew-welcome')
    expect(others(after)).toEqual(others(before))
    // Which a person sees as a difference before it is published.
    expect((await owner.get('publish')).html).toContain('Changed')

    async function snapshot() {
      const { documents, latestVersion } = emitter.console
      return {
        documents: await documents(),
        version: await latestVersion(),
        webhooks: await emitter.webhooks.list(),
        deliveries: (await emitter.deliveries.list({})).deliveries.map(({ id, state }) => [id, state]),
        requests: receiver.requests.length,
      }
    }
  })
})

async function startHosted() {
  const clock = handWoundClock()
  const started = await startConsole({
    clock,
    adminToken: undefined,
    console: {
      authorize: ({ headers }) => {
        const [name, role] = [headers.get('x-user'), headers.get('x-role')]
        return name === null ? undefined : { name, role: role === 'author' ? 'author' : 'viewer' }
      },
    },
  })
  return { ...started, clock }
}
