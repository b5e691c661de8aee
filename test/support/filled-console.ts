import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { scheduler } from 'node:timers/promises'
import { createAdaptorServer } from '@hono/node-server'
import { systemClock } from '../../src/server/clock.ts'
import { createCompanion } from '../../src/server/companion/companion.ts'
import { createEmitter } from '../../src/server/emitter/emitter.ts'
import { everyRoute, filledPath } from './console-routes.ts'
import { configOf, crewWelcome, firstWeek, maintenance, surveyors } from './filled-content.ts'
import { createReceiver } from './receiver.ts'

const token = 'the-token-of-the-owner-of-a-filled-console'
const site = 'https://www.fieldnote.example'
const hourMs = 3_600_000
const users = ['ada', 'grace', null, 'user_5f1c02d9-77aa-4b02-93c7-very-long-id@example.com', 'mary', 'ada']
const hooks = ['crm', 'crm', 'slack', 'warehouse', 'old', 'crm']
/** What `:id` stands for below a section. */
const ids: Readonly<Record<string, string>> = {
  tours: 'crew-welcome',
  checklists: 'first-week',
  banners: 'maintenance-on-sunday',
  segments: 'trial-surveyors',
  webhooks: 'partner-api',
  stage: 'crew-welcome',
}
/** What an address has to say besides. */
const queries: Readonly<Record<string, string>> = {
  'deliveries/bulk': '?kind=resend&webhook=crm',
  'tours/crew-welcome/on-page': '?mode=pick&step=board',
}
/** Pages that look another way by what their address says. */
const variants = [
  'overview?span=7d',
  'tours/onboarding',
  'tours/crew-welcome/steps/board',
  'tours/crew-welcome/steps/send',
  'webhooks/crm',
  'webhooks/warehouse',
  'deliveries?state=failed',
  'deliveries?userId=nobody',
  'deliveries/bulk?kind=cancel&userId=nobody',
  'users?id=ada',
]

/** A console as it looks after some weeks: contents in every state, deliveries of every kind, on a server. */
export interface FilledConsole {
  /** The console's root, without a slash at its end. */
  url: string
  token: string
  /** Every page that there is, from the root: each route that shows one, and what differs within it. */
  paths: string[]
  close(): Promise<void>
}

export async function startFilledConsole(): Promise<FilledConsole> {
  const receiver = await createReceiver()
  receiver.script({ path: '/crm', answer: { status: 200, body: '{"ok":true,"lead":"4711"}' } })
  receiver.script({ path: '/slack', answer: { status: 200, body: 'ok' } })
  receiver.script({
    path: '/warehouse',
    answer: { status: 503, headers: { 'retry-after': '120' }, body: '<h1>Down for maintenance</h1>' },
  })
  receiver.script({ path: '/old', answer: { status: 404, body: '{"error":"There is no such hook"}' } })
  /** How long before now it is, in milliseconds. */
  let ago = 22 * hourMs
  const clock = {
    ...systemClock,
    now: () => Date.now() - ago,
    elapsed: () => performance.now() + 22 * hourMs - ago,
  }
  const emitter = createEmitter({
    clock,
    webhooks: configOf(path => receiver.url(path)).webhooks ?? [],
    allowNetworks: ['127.0.0.0/8'],
    schedule: [0, 300_000],
  })
  const companion = createCompanion({
    emitter,
    clock,
    config: configOf(path => receiver.url(path)),
    adminToken: token,
    allowedOrigins: [site, 'https://app.fieldnote.example'],
    console: { admins: [{ name: 'Ben Okafor', token: `ben-${token}`, role: 'author' }] },
  })
  const server = createAdaptorServer({ fetch: companion.fetch }) as Server
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  const url = `${origin}/console`

  const signIn = async (token: string) => {
    const { headers } = await post(`${url}/sign-in`, { token }, '')
    const cookie = headers.get('set-cookie')?.split(';')[0] ?? ''
    return {
      get: (path: string) => fetch(`${url}/${path}`, { redirect: 'manual', headers: { cookie } }),
      post: (path: string, form: Record<string, string | string[]>) => post(`${url}/${path}`, form, cookie),
    }
  }
  // Before anybody is signed in: a session lasts for half a day.
  for (const hours of [22, 20, 17, 16, 11, 8, 7, 3, 2, 1, 0]) {
    ago = hours * hourMs
    for (const [index, hook] of hooks.slice(0, 2 + ((hours * 3) % 5)).entries()) await relay(hook, hours, index)
    await allTried()
  }
  for (const [index, hook] of hooks.entries()) await relay(hook, 98, index)
  await allTried()
  const { get, post: owner } = await signIn(token)
  const { post: ben } = await signIn(`ben-${token}`)

  await owner('tours', { name: 'Crew welcome' })
  await owner('tours/crew-welcome/json', { rev: '1', json: JSON.stringify(crewWelcome) })
  await owner('tours', { name: 'What is new in autumn' })
  await owner('checklists', { name: 'First week' })
  await owner('checklists/first-week/json', { rev: '1', json: JSON.stringify(firstWeek) })
  await owner('banners', { name: 'Maintenance on Sunday' })
  await owner('banners/maintenance-on-sunday/json', { rev: '1', json: JSON.stringify(maintenance) })
  await owner('segments', { name: 'Trial surveyors' })
  await owner('segments/trial-surveyors/json', { rev: '1', json: JSON.stringify(surveyors) })
  await owner('publish', {
    item: ['tours/crew-welcome', 'checklists/first-week', 'segments/trial-surveyors'],
    note: 'The crew’s tour and its checklist',
  })
  await ben('tours/crew-welcome/json', {
    rev: '2',
    json: JSON.stringify({ ...crewWelcome, name: 'Welcome, crew' }),
  })

  for (const [index, userId] of ['ada', 'grace', 'katherine', 'mary'].entries()) {
    const events = [
      { name: 'tour_completed', id: 'onboarding', answers: { role: 'Surveyor' } },
      { name: 'checklist_item_completed', id: 'crew', checklist: 'first-week' },
      { name: 'banner_seen', id: 'maintenance-on-sunday' },
      { name: 'step_not_found', id: 'crew-welcome', step: 'board', path: '/projects/7/a-path-that-is-long' },
    ]
    await fetch(`${origin}/v1/events`, {
      method: 'POST',
      headers: { origin: site, 'content-type': 'application/json' },
      body: JSON.stringify({
        id: `msg_activity${index}`,
        timestamp: new Date().toISOString(),
        userId,
        tags: { plan: 'trial', firstName: userId },
        events,
      }),
    })
  }
  await owner('webhooks/new', { name: 'Partner API', url: receiver.url('/partner'), events: 'banner_seen' })
  await relay('partner-api', 99, 0)
  await allTried()
  await owner('webhooks/crm/test', {})
  const opened = await ben('tours/crew-welcome/on-page', {
    mode: 'pick',
    step: 'board',
    address: `${site}/projects/7`,
  })
  await fetch(`${origin}/v1/edit/session`, {
    method: 'POST',
    headers: { origin: site, 'content-type': 'application/json' },
    body: JSON.stringify({ code: /tourhook-edit=([\w-]+)/.exec(await opened.text())?.[1] }),
  })
  await fetch(`${origin}/v1/config.json`, { headers: { origin: site } })
  const begun = await owner('deliveries/bulk', { kind: 'resend', state: 'delivered', webhook: 'slack' })
  const job = begun.headers.get('location')?.split('/').at(-1) ?? ''

  const pathOf = async (webhook: string) => {
    const { deliveries } = await emitter.deliveries.list({ webhook, limit: 1 })
    return `deliveries/${webhook}/${deliveries[0]?.id}`
  }
  const [, webhook = '', id = ''] = (await pathOf('crm')).split('/')
  const known = { step: 'hello', index: '0', number: '1', job, webhook, kind: 'tours' }
  const shown = (await everyRoute()).html
    .filter(({ method }) => method === 'GET')
    .map(({ path }) => filledPath(path, { ...known, id: ids[path.split('/')[1] ?? ''] ?? id }))
    .map(path => `${path}${queries[path] ?? ''}`)
  return {
    url,
    token,
    paths: [
      ...(await pagesAmong([...shown, ...variants, await pathOf('old'), await pathOf('warehouse')])),
      'nowhere',
    ],
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
      await emitter.close()
      await receiver.close()
    },
  }

  async function relay(hook: string, batch: number, index: number): Promise<void> {
    await emitter.relay(hook, {
      id: `msg_0192f0c1d2e3f4a5b6c7d8e9f0a1${batch}${index}`,
      timestamp: new Date(clock.now()).toISOString(),
      name: 'CRM lead',
      userId: users[index] ?? null,
      events: [{ name: 'trigger_event', id: 'crew-welcome', step: 'send' }],
      data: { email: 'ada@example.com', role: 'Surveyor', page: 'https://www.fieldnote.example/start' },
    })
  }

  /** Resolves once each message has been tried, or waits because its endpoint asked for time. */
  async function allTried(): Promise<void> {
    for (;;) {
      const { deliveries } = await emitter.deliveries.list({ state: 'pending', limit: 500 })
      if (deliveries.every(({ attempts, dueAt }) => attempts.length > 0 || dueAt > clock.now())) return
      await scheduler.wait(10)
    }
  }

  /** The addresses that show a page: not a part of one, a file, or the way to another. None is an error. */
  async function pagesAmong(addresses: readonly string[]): Promise<string[]> {
    const found: string[] = []
    for (const path of addresses) {
      const response = await get(path)
      if (response.status >= 400) throw new Error(`${path}: ${response.status}`)
      const isPage = (await response.text()).startsWith('<!doctype html>')
      // What visitors see has tests of its own.
      if (isPage && !path.startsWith('stage/')) found.push(path)
    }
    return found
  }

  function post(address: string, form: Record<string, string | string[]>, cookie: string): Promise<Response> {
    const body = new URLSearchParams()
    for (const [name, value] of Object.entries(form)) for (const one of [value].flat()) body.append(name, one)
    return fetch(address, { method: 'POST', redirect: 'manual', headers: { origin, cookie }, body })
  }
}
