import { describe, expect, it } from 'vitest'
import { createAdminClient } from '../../../src/admin/index.ts'
import type { Config } from '../../../src/schema/config.ts'
import { startConsole, viewerToken } from '../../support/console.ts'

const config = (url: (path: string) => string): Config => ({
  webhooks: [
    {
      id: 'lists',
      name: 'Lists',
      url: url('/lists?key=secret'),
      transport: 'relay',
      events: ['checklist_item_completed', 'checklist_completed'],
      data: {
        plan: { tag: 'plan' },
        from: { page: 'url' },
        list: { answer: 'checklist' },
        tour: { tour: 'id' },
      },
    },
    {
      id: 'slack',
      name: 'Slack',
      url: url('/slack'),
      transport: 'relay',
      events: ['banner_seen', 'tour_completed'],
      contents: ['news', 'welcome'],
      body: { text: '{userId} on {plan} saw it in {tour.id}' },
    },
    { id: 'get', url: url('/get'), method: 'GET', events: ['banner_closed'], data: { plan: { tag: 'plan' } } },
    { id: 'other', url: url('/other'), events: ['banner_seen'], contents: ['something-else'] },
  ],
  checklists: [{ id: 'first-week', name: 'First week', items: [{ id: 'look', title: 'Look around' }] }],
  banners: [{ id: 'news', content: 'New' }],
  tours: [
    {
      id: 'welcome',
      steps: [{ id: 'send', type: 'trigger', trigger: { type: 'webhook', webhook: 'lists' } }],
      triggers: [{ on: 'closed', trigger: { type: 'webhook', webhook: 'get' } }],
    },
  ],
})

async function started() {
  const console = await startConsole({ config })
  const vera = createAdminClient({
    url: 'http://companion.test',
    token: viewerToken,
    fetch: (input, init) => console.companion.fetch(new Request(input, init)),
  })
  return { ...console, vera }
}

describe('the message below a checklist and a banner', () => {
  it('is the one that arrives when it happens, but for its id, time and user', async () => {
    const { vera, post, receiver } = await started()
    const samples = [
      ...(await vera.documents.messages('checklists', 'first-week')),
      ...(await vera.documents.messages('banners', 'news')),
    ]
    expect(samples.map(({ event, webhook }) => [event, webhook])).toEqual([
      ['checklist_item_completed', 'lists'],
      ['checklist_completed', 'lists'],
      ['banner_seen', 'slack'],
      ['banner_closed', 'get'],
    ])
    const events = [
      [{ name: 'checklist_item_completed', checklist: 'first-week', id: 'look' }],
      [{ name: 'banner_seen', id: 'news' }],
      [{ name: 'banner_closed', id: 'news' }],
    ]
    for (const [index, each] of events.entries()) {
      await post('/v1/events', {
        id: `msg_activity${index}`,
        timestamp: '2026-11-23T09:00:00.000Z',
        userId: 'user_123',
        tags: { plan: 'pro' },
        events: each,
      })
      await receiver.arrived(index + 1)
    }
    const [list, slack, get] = receiver.requests
    const sent = JSON.parse(list?.body ?? '')
    const [item, completed] = samples.map(({ body }) => Object(body))
    // Both happen at once here, so they travel in one message.
    expect({ ...sent, id: '', timestamp: '' }).toEqual({
      ...item,
      events: [...item.events, ...completed.events],
      id: '',
      timestamp: '',
    })
    expect(item.data).toEqual({ plan: 'pro', list: 'first-week' })
    expect(JSON.parse(slack?.body ?? '')).toEqual(samples[2]?.body)
    const parameters = (address = '') => {
      const { messageId: _, ...rest } = Object.fromEntries(new URL(address, 'http://x').searchParams)
      return rest
    }
    expect(parameters(get?.url)).toEqual(parameters(samples[3]?.address))
  })

  it('stands on its page, and says so where no webhook hears of it', async () => {
    const { signIn, admin } = await started()
    const owner = await signIn()
    const checklist = (await owner.get('checklists/first-week')).html
    expect(checklist).toContain('Checklist item completed, to Lists')
    expect(checklist).toContain('Checklist completed, to Lists')
    expect(checklist).not.toContain('secret')
    expect((await owner.get('banners/news')).html).toContain('Banner seen, to Slack')
    await admin('POST', '/documents/segments', { id: 'trial', name: 'Trial' })
    expect((await owner.get('segments/trial')).html).toContain('No webhook hears of this segment yet.')
  })

  it('and below a tour: of each trigger, and of who hears that it was completed', async () => {
    const { vera, signIn } = await started()
    const samples = await vera.documents.messages('tours', 'welcome')
    expect(samples.map(({ event, step, on, webhook }) => [event, step ?? on, webhook])).toEqual([
      ['trigger_event', 'send', 'lists'],
      ['trigger_event', 'closed', 'get'],
      ['tour_completed', undefined, 'slack'],
    ])
    expect(samples[2]?.body).toEqual({ text: 'user_123 on pro saw it in welcome' })
    const { html } = await (await signIn()).get('tours/welcome')
    for (const cause of ['Step “send”, to Lists', 'When it is left early, to get', 'Tour completed, to Slack'])
      expect(html).toContain(cause)
  })
})
