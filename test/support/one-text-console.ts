import { expect, vi } from 'vitest'
import type { Config } from '../../src/schema/config.ts'
import { startConsole } from './console.ts'
import { everyRoute, filledPath } from './console-routes.ts'

export const namedOwnerToken = 'the-token-of-the-owner-whose-name-is-given'

/**
 * A console in which each field of each kind, each tag, answer, header, user id, note and endpoint's answer says one
 * text; and every address of it that shows something.
 */
export async function startOneTextConsole({ id: given, text }: { id: string; text: string }) {
  const id = given.slice(0, 200)
  const config = (url: (path: string) => string): Config => ({
    webhooks: [
      {
        id,
        name: text,
        url: url('/crm'),
        transport: 'relay',
        headers: { 'x-key': text },
        auth: { username: text, password: text },
        query: { [text]: text },
        data: { [text]: { tag: text } },
        anyData: true,
        body: { text: `{${text}} ${text}`, [text]: text },
        events: ['script_tag_set', 'tour_completed'],
        contents: [id],
      },
    ],
  })
  const started = await startConsole({
    config,
    console: { admins: [{ name: text, token: namedOwnerToken, role: 'owner' }] },
  })
  const { emitter, receiver, page, post, signIn } = started
  const admin = async (method: string, path: string, body: unknown) => {
    const answer = await page(method, `/v1/admin${path}`, body, { authorization: `Bearer ${namedOwnerToken}` })
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`)
    return answer
  }
  receiver.script({ answer: { status: 400, body: text } })

  const field = (type: string, more: object = {}) => ({ name: `${text} ${type}`, label: text, type, ...more })
  const trigger = { type: 'webhook', webhook: id, data: { [text]: { value: text }, two: { tag: text } } }
  const tour = (title: string) => ({
    id,
    name: text,
    start: { url: [text], tags: { [text]: { is: text, contains: text } } },
    steps: [
      {
        id,
        type: 'modal',
        title,
        content: text,
        fields: [field('text'), field('select', { options: [text] }), field('checkbox')],
        buttons: [{ label: text, action: 'next' }],
      },
      { id: 'point', type: 'pointer', element: text, content: text },
      { id: 'send', type: 'trigger', trigger },
    ],
    triggers: [{ on: 'completed', trigger }],
  })
  await admin('POST', '/documents/tours', tour(text))
  await admin('POST', '/documents/checklists', {
    id,
    name: text,
    title: text,
    items: [{ id, title: text, tour: id }],
  })
  await admin('POST', '/documents/banners', { id, name: text, content: text })
  await admin('POST', '/documents/segments', {
    id,
    name: text,
    tags: { [text]: { is: text } },
    completed: [id],
  })
  await emitter.console.addVersion({
    number: 1,
    at: Date.now(),
    by: text,
    note: text,
    config: JSON.parse(JSON.stringify({ tours: [tour(text)] })),
  })
  const { rev } = (await admin('GET', `/documents/tours/${encodeURIComponent(id)}`, undefined)).json
  await admin('PUT', `/documents/tours/${encodeURIComponent(id)}`, { rev, draft: tour(`${text} anew`) })
  await emitter.webhooks.create({
    id: 'own',
    name: text,
    url: receiver.url('/own'),
    headers: { 'x-own': text },
  })
  await admin('PATCH', '/webhooks/own', { name: `${text} anew` })

  await post('/v1/events', {
    id: 'msg_filled1',
    timestamp: '2026-11-23T09:00:00.000Z',
    userId: id,
    events: [{ name: 'tour_completed', id, answers: { [text]: text } }],
    tags: { [text]: text },
    managedTags: { [text]: text },
  })
  for (let index = 0; index < 60; index += 1) {
    const message = {
      id: index === 0 ? id : `msg_${index}`,
      timestamp: '2026-11-23T09:00:00.000Z',
      name: text,
      userId: id,
      events: [{ name: 'trigger_event' as const, id, step: id }],
      data: { [text]: text },
    }
    await emitter.relay(id, message, { text, [text]: text })
  }
  await vi.waitFor(
    async () => {
      const { deliveries } = await emitter.deliveries.list({ webhook: id })
      expect(deliveries.some(({ attempts }) => attempts.length > 0)).toBe(true)
    },
    { timeout: 10_000 },
  )
  const owner = await signIn(namedOwnerToken)
  const begun = await owner.post('deliveries/bulk', { kind: 'resend', userId: id })
  const job = begun.location?.split('/').at(-1) ?? ''

  const { html, json } = await everyRoute()
  const names = { id, step: id, webhook: id, number: '1', index: '0', kind: 'tours', job }
  const search = encodeURIComponent(text)
  const more = [
    `users?id=${encodeURIComponent(id)}`,
    `deliveries?userId=${search}&webhook=${search}&id=${search}&event=${search}&cursor=1_${search}&note=${search}`,
    `deliveries/bulk?kind=resend&userId=${search}&webhook=${search}`,
    'overview?span=7d',
    'webhooks/own',
    'webhooks/own/edit',
    `webhooks/new?back=${search}`,
    `tours/${encodeURIComponent(id)}/steps/send?webhook=${search}`,
    `tours/${encodeURIComponent(id)}/steps/point`,
    search,
  ]
  const paths = (routes: typeof html) =>
    routes.filter(({ method }) => method === 'GET').map(({ path }) => filledPath(path, names))
  return { ...started, owner, pages: [...paths(html), ...more], routes: paths(json) }
}
