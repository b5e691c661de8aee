import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { scheduler } from 'node:timers/promises'
import { createAdaptorServer } from '@hono/node-server'
import type { Config } from '../../src/schema/config.ts'
import { createCompanion } from '../../src/server/companion/companion.ts'
import { createEmitter } from '../../src/server/emitter/emitter.ts'
import { createReceiver } from './receiver.ts'

const token = 'the-token-of-the-owner-of-a-filled-console'
const site = 'https://www.fieldnote.example'

/** A console as it looks after some weeks: contents in every state, deliveries of every kind, on a server. */
export interface FilledConsole {
  /** The console's root, without a slash at its end. */
  url: string
  token: string
  /** Every kind of page, from the root. */
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
  const emitter = createEmitter({
    webhooks: configOf(path => receiver.url(path)).webhooks ?? [],
    allowNetworks: ['127.0.0.0/8'],
    schedule: [0, 300_000],
  })
  const companion = createCompanion({
    emitter,
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
    return (path: string, form: Record<string, string | string[]>) => post(`${url}/${path}`, form, cookie)
  }
  const owner = await signIn(token)
  const ben = await signIn(`ben-${token}`)

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
  const hooks = ['crm', 'crm', 'slack', 'warehouse', 'old', 'crm']
  for (const [index, hook] of hooks.entries()) {
    await emitter.relay(hook, {
      id: `msg_0192f0c1d2e3f4a5b6c7d8e9f0a1b2c${index}`,
      timestamp: new Date().toISOString(),
      name: 'CRM lead',
      userId:
        ['ada', 'grace', null, 'user_5f1c02d9-77aa-4b02-93c7-very-long-id@example.com', 'mary', 'ada'][index] ??
        null,
      events: [{ name: 'trigger_event', id: 'crew-welcome', step: 'send' }],
      data: { email: 'ada@example.com', role: 'Surveyor', page: 'https://www.fieldnote.example/start' },
    })
  }
  await receiver.arrived(hooks.length)
  await settled(async () => {
    const { deliveries } = await emitter.deliveries.list({ limit: 50 })
    return deliveries.filter(({ attempts }) => attempts.length > 0).length >= hooks.length
  })
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
  const job = await owner('deliveries/bulk', { kind: 'resend', state: 'delivered', webhook: 'slack' })

  const { deliveries } = await emitter.deliveries.list({ limit: 50 })
  const pathOf = (webhook: string) => {
    const found = deliveries.find(delivery => delivery.webhook === webhook)
    return found ? [`deliveries/${webhook}/${found.id}`] : []
  }
  return {
    url,
    token,
    paths: [
      'overview',
      'tours',
      'tours/onboarding',
      'tours/crew-welcome',
      'tours/crew-welcome/steps/hello',
      'tours/crew-welcome/steps/board',
      'tours/crew-welcome/steps/send',
      'tours/crew-welcome/on-page?mode=pick&step=board',
      'tours/crew-welcome/triggers/0',
      'tours/crew-welcome/json',
      'checklists',
      'checklists/first-week',
      'banners',
      'banners/maintenance-on-sunday',
      'segments',
      'segments/trial-surveyors',
      'webhooks',
      'webhooks/new',
      'webhooks/crm',
      'webhooks/crm/edit',
      'webhooks/warehouse',
      'deliveries',
      'deliveries?state=failed',
      'deliveries?userId=nobody',
      'deliveries/bulk?kind=resend&webhook=crm',
      'deliveries/bulk?kind=cancel&userId=nobody',
      'deliveries/jobs',
      `deliveries/jobs/${job.headers.get('location')?.split('/').at(-1)}`,
      ...pathOf('crm'),
      ...pathOf('old'),
      ...pathOf('warehouse'),
      'users',
      'users?id=ada',
      'publish',
      'publish/versions/1',
      'settings',
      'settings/people',
      'settings/alerts',
      'settings/transfer',
      'settings/audit',
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

  function post(address: string, form: Record<string, string | string[]>, cookie: string): Promise<Response> {
    const body = new URLSearchParams()
    for (const [name, value] of Object.entries(form)) for (const one of [value].flat()) body.append(name, one)
    return fetch(address, { method: 'POST', redirect: 'manual', headers: { origin, cookie }, body })
  }
}

/** Resolves once it holds. */
async function settled(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await scheduler.wait(20)
}

function configOf(url: (path: string) => string): Config {
  return {
    webhooks: [
      { id: 'crm', name: 'CRM lead', url: url('/crm'), transport: 'relay', data: { plan: { tag: 'plan' } } },
      {
        id: 'slack',
        name: 'Success team on Slack',
        url: url('/slack'),
        transport: 'relay',
        events: ['tour_completed', 'webhook_disabled'],
        body: { text: '{userId} has completed {tour.name}' },
      },
      {
        id: 'warehouse',
        name: 'Data warehouse',
        url: url('/warehouse'),
        transport: 'relay',
        events: ['checklist_completed'],
      },
      { id: 'old', name: 'The old importer', url: url('/old'), transport: 'relay' },
    ],
    tours: [
      {
        id: 'onboarding',
        name: 'Onboarding',
        steps: [
          { id: 'hi', type: 'modal', title: 'Good morning, {firstName}', content: 'Three stops.' },
          { id: 'send', type: 'trigger', trigger: { type: 'webhook', webhook: 'crm' } },
        ],
      },
    ],
  }
}

const crewWelcome = {
  id: 'crew-welcome',
  name: 'Crew welcome',
  steps: [
    {
      id: 'hello',
      type: 'modal',
      title: 'Good morning, {firstName}.',
      content: 'Three stops and **you know your way around**. First, who are you planning for?',
      fields: [
        {
          name: 'role',
          label: 'What you do',
          type: 'select',
          options: ['Ecologist', 'Surveyor'],
          required: true,
        },
        { name: 'email', label: 'Work e-mail', type: 'email', placeholder: 'ada@example.com' },
      ],
    },
    { id: 'board', type: 'pointer', element: '#week .board', place: 'top', title: 'A week, one line a site' },
    {
      id: 'send',
      type: 'trigger',
      trigger: {
        type: 'webhook',
        webhook: 'crm',
        data: {
          email: { answer: 'email' },
          role: { answer: 'role' },
          from: { page: 'url' },
          campaign: { value: 'spring' },
        },
      },
    },
    { id: 'done', type: 'slideout', title: 'That is all', content: 'We have written to you.' },
  ],
  triggers: [{ on: 'closed', trigger: { type: 'webhook', webhook: 'slack' } }],
  start: { url: '/projects/*', tags: { plan: { is: 'trial' } } },
}

const firstWeek = {
  id: 'first-week',
  name: 'First week',
  title: 'Your first week',
  items: [
    { id: 'look', title: 'Have a look around', tour: 'onboarding' },
    { id: 'crew', title: 'Invite your crew', tour: 'crew-welcome' },
    { id: 'plan', title: 'Plan a visit' },
  ],
}

const maintenance = {
  id: 'maintenance-on-sunday',
  name: 'Maintenance on Sunday',
  content: 'We are **away on Sunday** from 9 to 10, {firstName}. [What changes](https://example.com)',
}

const surveyors = {
  id: 'trial-surveyors',
  name: 'Trial surveyors',
  tags: { plan: { is: 'trial' }, role: { contains: 'urvey' } },
  notCompleted: ['onboarding'],
}
