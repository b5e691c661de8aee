import { describe, expect, it } from 'vitest'
import { adminToken } from '../../support/companion.ts'
import { authorToken, startConsole, viewerToken } from '../../support/console.ts'
import { everyRoute, filledPath } from '../../support/console-routes.ts'

const { html, json } = await everyRoute()
const shown = html.filter(({ method }) => method === 'GET')
const read = json.filter(({ method }) => method === 'GET')

const mail = 'grace.hopper@navy.example'
const pin = '73198731'

/** Messages in which the hidden values stand under their names, under others, in templates, answers and addresses. */
async function withMessages() {
  const started = await startConsole({
    config: url => ({
      webhooks: [
        {
          id: 'crm',
          url: url('/crm'),
          transport: 'relay',
          data: { contact: { tag: 'email' }, plan: { tag: 'plan' } },
          events: ['script_tag_set'],
        },
        {
          id: 'chat',
          url: url('/chat'),
          transport: 'relay',
          anyData: true,
          body: { text: 'From {email}: {said}', code: '{pin}', kind: 'lead', list: ['{pin}'] },
        },
        { id: 'sheet', url: url('/sheet'), transport: 'relay', method: 'GET', anyData: true },
      ],
      tours: [
        {
          id: 'crew',
          name: 'Crew',
          steps: [
            {
              id: 'hello',
              type: 'trigger',
              trigger: { type: 'webhook', webhook: 'sheet', data: { who: { answer: 'EMAIL' } } },
            },
          ],
          triggers: [{ on: 'completed', trigger: { type: 'webhook', webhook: 'chat' } }],
        },
      ],
    }),
    console: {
      admins: [
        { name: 'Ben', token: authorToken, role: 'author' },
        { name: 'Vera', token: viewerToken, role: 'viewer' },
      ],
      redact: ['email', 'pin'],
    },
  })
  const { receiver, post, emitter } = started
  const echoed = { data: { email: mail, said: 'hello' } }
  receiver.script({
    path: '/chat',
    answer: { status: 500, body: `No: From ${mail}: hello, ${pin}; pin=${pin}` },
  })
  receiver.script({
    path: '/sheet',
    answer: { status: 200, body: JSON.stringify({ ...echoed, deep: [{ email: 'old.hopper' }] }) },
  })
  receiver.script({ path: '/crm', answer: { status: 200, body: `{"email":"${mail}","pin":{"is":"${pin}` } })
  await post('/v1/events', {
    id: 'msg_tags1',
    timestamp: '2026-11-23T09:00:00.000Z',
    userId: 'grace',
    events: [],
    tags: { email: mail, plan: 'pro', pin, note: `write to ${mail}` },
  })
  const message = (id: string, data: Record<string, string>) => ({
    id,
    timestamp: '2026-11-23T09:00:00.000Z',
    name: 'CRM',
    userId: mail,
    events: [{ name: 'trigger_event' as const, id: 'crew', step: 'hello' }],
    data,
  })
  const chat = { text: `From ${mail}: hello`, code: pin, kind: 'lead', list: [pin] }
  await emitter.relay('chat', message('crew', { said: 'hello' }), chat)
  await emitter.relay(
    'sheet',
    message('msg_sheet1', { who: mail, nested: JSON.stringify({ pin }), said: 'hello' }),
  )
  await receiver.arrived(3)
  await expect
    .poll(async () => (await emitter.deliveries.list()).deliveries.flatMap(one => one.attempts).length)
    .toBeGreaterThanOrEqual(3)
  return started
}

const names = { id: 'crew', kind: 'tours', step: 'hello', index: '0', number: '1', webhook: 'chat' }
/** Further addresses of the same routes: other ids, searches. */
const more = [
  'users?id=grace',
  'deliveries?userId=grace',
  'deliveries?webhook=sheet',
  'deliveries/sheet/msg_sheet1',
  'deliveries/rows?webhook=crm',
  'webhooks/crm',
  'webhooks/sheet',
]
const moreJson = ['users/grace', 'deliveries?webhook=crm', 'deliveries/msg_sheet1', 'deliveries?userId=grace']

describe('what is redacted', () => {
  it('a viewer sees on no page, whichever it is', async () => {
    const { signIn } = await withMessages()
    const viewer = await signIn(viewerToken)
    for (const path of [...shown.map(({ path }) => filledPath(path, names)), ...more]) {
      const { html } = await viewer.get(path)
      expect(html, path).not.toMatch(/hopper|73198731/)
    }
    expect((await viewer.get('users?id=grace')).html).toContain('•••')
    expect((await viewer.get('deliveries/chat/crew')).html).toContain('lead')
  })

  it('a viewer is told by no route of the API', async () => {
    const { page } = await withMessages()
    for (const path of [...read.map(({ path }) => filledPath(path, names)), ...moreJson]) {
      const { text } = await page('GET', `/v1/admin/${path}`, undefined, {
        authorization: `Bearer ${viewerToken}`,
      })
      expect(text, path).not.toMatch(/hopper|73198731/)
    }
  })

  it('is there for authors and owners, and so is everything else for a viewer', async () => {
    const { page } = await withMessages()
    const get = async (token: string, path: string) =>
      (await page('GET', `/v1/admin${path}`, undefined, { authorization: `Bearer ${token}` })).json
    for (const token of [authorToken, adminToken]) {
      expect(await get(token, '/users/grace')).toMatchObject({ tags: { email: mail, pin, plan: 'pro' } })
      expect(await get(token, '/deliveries/crew')).toMatchObject({
        content: { code: pin },
        message: { userId: mail },
      })
    }
    expect(await get(viewerToken, '/users/grace')).toMatchObject({
      tags: { email: '•••', pin: '•••', plan: 'pro', note: 'write to •••' },
    })
    expect(await get(viewerToken, '/deliveries/crew')).toMatchObject({
      content: { text: '•••', code: '•••', kind: 'lead', list: ['•••'] },
      message: { userId: '•••', data: { said: 'hello' } },
    })
    expect(await get(viewerToken, '/deliveries/msg_sheet1')).toMatchObject({
      message: { data: { who: '•••', said: 'hello' } },
    })
    const [tagged] = (await get(viewerToken, '/deliveries?webhook=crm')).deliveries
    expect(tagged.message.data).toEqual({ contact: '•••', plan: 'pro' })
  })

  it('may be the user’s id itself', async () => {
    const { signIn, emitter } = await startConsole({
      config: url => ({ webhooks: [{ id: 'crm', url: url('/crm') }] }),
      console: { admins: [{ name: 'Vera', token: viewerToken, role: 'viewer' }], redact: ['userId'] },
    })
    await emitter.relay('crm', {
      id: 'msg_1',
      timestamp: '2026-11-23T09:00:00.000Z',
      name: 'CRM',
      userId: 'user-4711',
      events: [{ name: 'trigger_event', id: 'crew' }],
      data: { text: 'by user-4711' },
    })
    const viewer = await signIn(viewerToken)
    for (const path of ['overview', 'deliveries', 'deliveries/crm/msg_1', 'webhooks/crm']) {
      expect((await viewer.get(path)).html, path).not.toContain('4711')
    }
  })
})
