import { describe, expect, it, vi } from 'vitest'
import { memoryStore } from '../../../src/server/stores/memory/memory.ts'
import { relayedOf } from '../../support/companion.ts'
import { startConsole } from '../../support/console.ts'

describe('the list of webhooks', () => {
  it('says of each what sends it, how its last day was, and what it answered last', async () => {
    const { signIn, receiver, post, emitter } = await startConsole({
      config: url => ({
        webhooks: [
          { id: 'crm', name: 'CRM lead', url: url('/crm') },
          { id: 'team', url: url('/team'), events: ['tour_completed', 'banner_seen', 'user_created'] },
          { id: 'one', url: url('/one'), events: ['tour_completed'], contents: ['welcome'] },
        ],
        tours: [
          {
            id: 'welcome',
            steps: [
              { id: 'a', type: 'trigger', trigger: { type: 'webhook', webhook: 'crm' } },
              { id: 'b', type: 'trigger', trigger: { type: 'webhook', webhook: 'crm' } },
            ],
          },
        ],
      }),
    })
    receiver.script({ path: '/crm', answer: { status: 404, body: '' } })
    await post('/v1/relay/crm', relayedOf())
    await vi.waitFor(async () => {
      const { deliveries } = await emitter.deliveries.list()
      expect(deliveries[0]?.attempts).toHaveLength(1)
    })
    const owner = await signIn()
    const rows = (await owner.get('webhooks')).html.split('<li class="row').slice(1)
    const row = (name: string) => rows.find(row => row.includes(`>${name}</a>`)) ?? ''
    expect(row('CRM lead')).toContain('2 tour steps')
    expect(row('CRM lead')).toMatch(
      /aria-label="The last 24 hours: 0 delivered, [01] failed, [01] to be tried again"/,
    )
    expect(row('CRM lead')).toContain('answered 404')
    expect(row('team')).toMatch(/3 events.*data-tone="wait">every tour<.*data-tone="wait">every banner</)
    expect(row('team')).toContain('nothing in 24 h')
    expect(row('one')).toContain('1 event')
    expect(row('one')).not.toContain('every tour')
  })

  it('shows fifty at once, and the way to the others', async () => {
    const { signIn } = await startConsole({
      config: url => ({
        webhooks: Array.from({ length: 60 }, (_, index) => ({ id: `hook-${index}`, url: url('/hook') })),
      }),
    })
    const owner = await signIn()
    const first = (await owner.get('webhooks')).html
    expect(first.match(/<li class="row/g)).toHaveLength(50)
    expect(first).toContain('href="./webhooks?from=50"')
    expect((await owner.get('webhooks?from=50')).html.match(/<li class="row/g)).toHaveLength(10)
  })
})

describe('a webhook that is made from within a step', () => {
  it('shows its secret this once, and leads back to the step', async () => {
    const { signIn } = await startConsole()
    const owner = await signIn()
    const form = { name: 'CRM', url: 'https://hooks.example.com/x', back: 'tours/welcome/steps/send' }
    const { html } = await owner.post('webhooks/new', form)
    expect(html).toMatch(/id="secret">whsec_/)
    expect(html).toContain('href="../tours/welcome/steps/send?webhook=crm"')
    expect((await owner.get('webhooks/crm')).html).not.toContain('whsec_')
  })
})

describe('where Tourhook runs', () => {
  it('is told by the sites whose pages have asked for the config, on every companion', async () => {
    const store = memoryStore()
    const here = await startConsole({ store, allowedOrigins: ['*'] })
    const owner = await here.signIn()
    expect((await owner.get('settings')).html).toContain('No page has asked for the tours yet')
    expect((await owner.get('overview')).html).toContain('0 of 5 done')
    await here.page('GET', '/v1/config.json', undefined, { origin: 'https://www.example.com' })
    const same = { referer: 'https://shop.example.com/cart', 'sec-fetch-site': 'same-origin' }
    await here.companion.fetch(new Request('http://companion.test/v1/config.json', { headers: same }))
    const elsewhere = await (await startConsole({ store })).signIn()
    const { html } = await elsewhere.get('settings')
    expect(html).toMatch(/Seen on <code>https:\/\/www\.example\.com<\/code> <time[^>]*>just now/)
    expect(html).toContain('Seen on <code>https://shop.example.com</code>')
    expect((await elsewhere.get('overview')).html).toContain('seen on https://')
  })

  it('keeps no more sites than fit on a page, however many are made up', async () => {
    const store = memoryStore()
    const { page, signIn } = await startConsole({
      store,
      allowedOrigins: ['*'],
      rateLimit: { client: { perSecond: 1e6, burst: 1e6 } },
    })
    for (let index = 0; index < 200; index += 1) {
      await page('GET', '/v1/config.json', undefined, { origin: `https://s${index}.example.com` })
    }
    const { html } = await (await signIn()).get('settings')
    expect(html.match(/Seen on/g)?.length).toBeLessThanOrEqual(20)
  })
})
