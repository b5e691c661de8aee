import { describe, expect, it } from 'vitest'
import { authorToken, fieldIn, startConsole } from '../../support/console.ts'

async function withTour() {
  const started = await startConsole({
    config: url => ({ webhooks: [{ id: 'crm', name: 'CRM', url: url('/hook'), transport: 'relay' }] }),
  })
  const [owner, ben] = [await started.signIn(), await started.signIn(authorToken)]
  await owner.post('tours', { name: 'Crew welcome' })
  const stepAt = async (who: typeof owner, step = 'hello') => {
    const { html } = await who.get(`tours/crew-welcome/steps/${step}`)
    return { html, rev: fieldIn(html, 'rev') }
  }
  const words = (rev: string, title: string, content: string) => ({
    rev,
    shown: 'modal',
    type: 'modal',
    title,
    content,
  })
  return { ...started, owner, ben, stepAt, words }
}

const draft = async ({ emitter }: Pick<Awaited<ReturnType<typeof withTour>>, 'emitter'>) =>
  (await emitter.console.document('tours', 'crew-welcome'))?.draft as {
    steps: { id: string; title?: string; content?: string }[]
  }

describe('two people at one tour', () => {
  it('have both changes kept when these are of separate fields', async () => {
    const tour = await withTour()
    const { owner, ben, stepAt, words } = tour
    const { rev } = await stepAt(owner)
    await owner.post('tours/crew-welcome/steps/hello', words(rev, 'Hi there', ''))
    const merged = await ben.post(
      'tours/crew-welcome/steps/hello',
      words(rev, 'Hello, {firstName}', 'Three stops.'),
    )
    expect(merged.location).toBe('/console/tours/crew-welcome/steps/hello?note=merged')
    expect((await draft(tour)).steps).toEqual([
      { id: 'hello', type: 'modal', title: 'Hi there', content: 'Three stops.' },
    ])
  })

  it('have both changes kept when these are of separate steps, one of them new', async () => {
    const tour = await withTour()
    const { owner, ben, stepAt, words } = tour
    const { rev } = await stepAt(owner)
    await ben.post('tours/crew-welcome/steps', { type: 'slideout' })
    await owner.post('tours/crew-welcome/steps/hello', words(rev, 'Hi there', ''))
    expect((await draft(tour)).steps.map(({ id, title }) => [id, title])).toEqual([
      ['hello', 'Hi there'],
      ['slideout', undefined],
    ])
  })

  it('is told that it was oneself, when one has gone back to an older page and changes it once more', async () => {
    const tour = await withTour()
    const { owner, stepAt, words } = tour
    const { rev } = await stepAt(owner)
    await owner.post('tours/crew-welcome/steps/hello', words(rev, 'First', ''))
    const clash = await owner.post('tours/crew-welcome/steps/hello', words(rev, 'Second', ''))
    expect(clash.status).toBe(409)
    expect(clash.html).toContain('The same was changed under your name')
    expect(clash.html).not.toMatch(/has changed the same|Theirs/)
    expect((await draft(tour)).steps[0]).toMatchObject({ title: 'First' })
  })

  it('get a choice when both have changed the same, and nothing is overwritten before it is made', async () => {
    const tour = await withTour()
    const { owner, ben, stepAt, words } = tour
    const { rev } = await stepAt(owner)
    await owner.post('tours/crew-welcome/steps/hello', words(rev, 'Theirs', ''))
    const clash = await ben.post('tours/crew-welcome/steps/hello', words(rev, 'Mine', 'And a text.'))
    expect(clash.status).toBe(409)
    expect(clash.html).toContain('Owner has changed the same.')
    expect(clash.html).toContain('Theirs')
    expect((await draft(tour)).steps[0]).toEqual({ id: 'hello', type: 'modal', title: 'Theirs' })

    const unescaped = (text: string) =>
      text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')
    const form = Object.fromEntries(
      ['rev', 'merged', 'back', 'path.0', 'mine.0'].map(name => [name, unescaped(fieldIn(clash.html, name))]),
    )
    const chosen = await ben.post('tours/crew-welcome/resolve', { ...form, 'choice.0': 'mine' })
    expect(chosen.status).toBe(303)
    expect((await draft(tour)).steps[0]).toEqual({
      id: 'hello',
      type: 'modal',
      title: 'Mine',
      content: 'And a text.',
    })
  })
})

describe('publishing', () => {
  async function withTrigger() {
    const tour = await withTour()
    await tour.owner.post('tours/crew-welcome/steps', { type: 'trigger' })
    const send = async (webhook: string) => {
      const { rev } = await tour.stepAt(tour.owner, 'send')
      return tour.owner.post('tours/crew-welcome/steps/send', {
        rev,
        shown: 'trigger',
        type: 'trigger',
        triggerType: 'webhook',
        webhook,
        'key.0': 'email',
        'from.0': 'tag',
        'what.0': 'email',
        'key.1': 'role',
        'from.1': 'answer',
        'what.1': 'role',
      })
    }
    return { ...tour, send }
  }

  it('waits until every trigger has a webhook that exists', async () => {
    const { owner, page } = await withTrigger()
    expect((await owner.get('tours/crew-welcome/steps/send')).html).toContain('before this can be published')
    const refused = await owner.post('publish', { item: 'tours/crew-welcome' })
    expect(refused.status).toBe(422)
    expect(refused.html).toContain('Nothing is published')
    expect((await page('GET', '/v1/config.json')).json.tours).toBeUndefined()
  })

  it('gives pages the tour, and takes its messages, without a restart', async () => {
    const { owner, send, page, emitter, receiver } = await withTrigger()
    await send('crm')
    expect((await page('GET', '/v1/config.json')).json.tours).toBeUndefined()
    expect((await owner.post('publish', { item: 'tours/crew-welcome', note: 'First' })).location).toBe(
      '/console/publish?note=published',
    )
    const { json } = await page('GET', '/v1/config.json')
    expect(json.tours).toMatchObject([
      { id: 'crew-welcome', steps: [{ id: 'hello' }, { id: 'send', trigger: { webhook: 'crm' } }] },
    ])
    const message = {
      id: 'msg_published1',
      timestamp: '2026-11-23T09:00:00.000Z',
      name: 'CRM',
      userId: 'ada',
      events: [{ name: 'trigger_event', id: 'crew-welcome', step: 'send' }],
      data: { email: 'ada@example.com', role: 'Developer' },
    }
    expect((await page('POST', '/v1/relay/crm', { message })).status).toBe(202)
    await expect.poll(async () => (await emitter.deliveries.get('msg_published1'))?.state).toBe('delivered')
    expect(receiver.requests.at(-1)?.json).toMatchObject({
      data: { email: 'ada@example.com', role: 'Developer' },
    })
    const { html } = await owner.get('deliveries')
    expect(html).toContain('trigger step · crew-welcome / send')
  })

  it('brings a version back byte for byte', async () => {
    const { owner, send, stepAt, words, request } = await withTrigger()
    await send('crm')
    await owner.post('publish', { item: 'tours/crew-welcome' })
    const first = await owner.get('publish/versions/1/json')
    const { rev } = await stepAt(owner)
    await owner.post('tours/crew-welcome/steps/hello', words(rev, 'Another title', 'Another text'))
    await owner.post('banners', { name: 'News' })
    await owner.post('publish', { item: ['tours/crew-welcome', 'banners/news'] })
    expect((await owner.get('publish/versions/2/json')).html).not.toBe(first.html)

    await owner.post('publish/versions/1/bring-back')
    const changes = await owner.get('publish')
    expect(changes.html).toContain('<ins>')
    await owner.post('publish', { item: ['tours/crew-welcome', 'banners/news'] })
    expect((await owner.get('publish/versions/3/json')).html).toBe(first.html)
    await owner.post('publish/versions/2/again')
    await owner.post('publish/versions/1/again')
    expect((await owner.get('publish/versions/5/json')).html).toBe(first.html)
    expect(
      (await request('/v1/config.json', { headers: { origin: 'https://www.example.com' } })).html,
    ).toContain('crew-welcome')
  })

  it('lets the config file win: what stands there is locked, and can be copied', async () => {
    const { signIn } = await startConsole({
      config: () => ({ tours: [{ id: 'welcome', name: 'Welcome', steps: [{ id: 'a', type: 'modal' }] }] }),
    })
    const owner = await signIn()
    expect((await owner.get('tours/welcome')).html).toContain('This tour stands in the config file')
    expect((await owner.post('tours/welcome/steps', { type: 'modal' })).status).toBe(409)
    expect((await owner.post('tours/welcome/copy')).location).toBe('/console/tours/welcome-copy?note=copied')
  })
})

it('shows hostile words on every page as words', async () => {
  const hostile = `"><script>alert(1)</script><img src=x onerror=alert(2)>'{{7*7}}`
  const { signIn, emitter } = await startConsole({
    config: url => ({
      webhooks: [
        {
          id: hostile,
          name: hostile,
          url: url('/hook'),
          transport: 'relay',
          data: { [hostile]: { tag: hostile } },
        },
      ],
    }),
  })
  const owner = await signIn()
  await owner.post('tours', { name: hostile })
  const [tour] = await emitter.console.documents()
  const json = {
    id: tour?.id,
    name: hostile,
    steps: [
      {
        id: hostile,
        type: 'modal',
        title: hostile,
        content: hostile,
        fields: [{ name: hostile, label: hostile, type: 'select', options: [hostile] }],
      },
      {
        id: 'send',
        type: 'trigger',
        trigger: { type: 'webhook', webhook: hostile, data: { [hostile]: { value: hostile } } },
      },
    ],
  }
  const { html } = await owner.get(`tours/${tour?.id}/json`)
  await owner.post(`tours/${tour?.id}/json`, { rev: fieldIn(html, 'rev'), json: JSON.stringify(json) })
  await emitter.relay(hostile, {
    id: 'msg_hostile1',
    timestamp: '2026-11-23T09:00:00.000Z',
    name: hostile,
    userId: hostile,
    events: [{ name: 'trigger_event', id: hostile, step: hostile }],
    data: { [hostile]: hostile },
  })
  await owner.post('publish', { item: `tours/${tour?.id}`, note: hostile })

  const segment = encodeURIComponent(hostile)
  const paths = [
    'overview',
    'tours',
    `tours/${tour?.id}`,
    `tours/${tour?.id}/steps/${segment}`,
    `tours/${tour?.id}/steps/send`,
    `tours/${tour?.id}/json`,
    'webhooks',
    `webhooks/${segment}`,
    'deliveries',
    `deliveries?userId=${segment}&webhook=${segment}&id=${segment}`,
    `deliveries/${segment}/msg_hostile1`,
    `users?id=${segment}`,
    'publish',
    'publish/versions/1',
    'settings',
    'settings/audit',
    'checklists',
    'banners',
    'segments',
  ]
  for (const path of paths) {
    const { status, html } = await owner.get(path)
    expect({ path, status }).toEqual({ path, status: 200 })
    expect(html).not.toMatch(/<script>|<img|onerror=alert\(2\)>(?!&)/)
  }
})
