import { describe, expect, it } from 'vitest'
import type { Config } from '../../../src/schema/config.ts'
import { startConsole } from '../../support/console.ts'
import { everyRoute, filledPath } from '../../support/console-routes.ts'

const count = 1000
const each = <T>(make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index))

/** A thousand of each: webhooks, contents in the config file, drafts of them, audit entries, sessions. */
async function startLongConsole() {
  const config = (url: (path: string) => string): Config => ({
    webhooks: each(index => ({
      id: `hook-${index}`,
      name: `Webhook of the team number ${index}`,
      url: url('/hook'),
      transport: 'relay',
      events: ['tour_completed', 'checklist_completed', 'banner_seen'],
    })),
    tours: each(index => ({
      id: `tour-${index}`,
      name: `Tour number ${index}`,
      steps: [{ id: 'send', type: 'trigger', trigger: { type: 'webhook', webhook: 'hook-0' } }],
    })),
    checklists: each(index => ({ id: `list-${index}`, items: [{ id: 'a', title: 'A' }] })),
    banners: each(index => ({ id: `banner-${index}`, content: 'Hi' })),
    segments: each(index => ({ id: `segment-${index}`, name: `Segment number ${index}` })),
  })
  const started = await startConsole({ config })
  const { emitter, signIn } = started
  const now = Date.now()
  const store = emitter.console
  const kinds = { tours: { steps: [] }, checklists: { items: [] }, banners: {}, segments: {} }
  const published: Record<string, object[]> = {}
  for (const [kind, more] of Object.entries(kinds)) {
    const drafts = each(index => ({ id: `draft-${index}`, name: `Draft number ${index}`, ...more }))
    published[kind] = drafts.map(draft => ({ ...draft, name: 'As it was' }))
    for (const draft of drafts)
      await store.changeDocument(kind as 'tours', draft.id, () => ({
        kind: kind as 'tours',
        id: draft.id,
        draft,
        rev: 1,
        by: 'Ada',
        at: now,
        earlier: [],
      }))
  }
  for (let number = 1; number <= 60; number += 1)
    await store.addVersion({
      number,
      at: now,
      by: 'Ada',
      note: '',
      config: JSON.parse(JSON.stringify(number === 60 ? published : {})),
    })
  for (let index = 0; index < count; index += 1) {
    await store.addAudit({ at: now, by: 'Ada', role: 'owner', via: 'api', action: 'did it', target: 'x' })
    await store.addSession({
      hash: `hash-${index}`,
      kind: 'console',
      name: `Person ${index}`,
      role: 'author',
      createdAt: now,
      until: now + 3_600_000,
      about: null,
    })
  }
  const owner = await signIn()
  await owner.post('webhooks/new', { name: 'Own', url: 'https://hooks.example.com' })
  return { ...started, owner }
}

const rowsIn = (html: string) => html.match(/<li class="row/g)?.length ?? 0

describe('a thousand of each', () => {
  it('are shown fifty at a time: no page of the console is above 60 kB', { timeout: 60_000 }, async () => {
    const { owner } = await startLongConsole()
    const names = { step: 'send', index: '0', number: '60', kind: 'tours', webhook: 'hook-0', job: 'none' }
    const ids: Record<string, string> = { webhooks: 'own' }
    const paths = (await everyRoute()).html
      .filter(({ method }) => method === 'GET')
      .map(({ path }) => filledPath(path, { ...names, id: ids[path.split('/')[1] ?? ''] ?? 'draft-7' }))
    const more = ['webhooks/hook-0', 'tours/tour-7', 'tours/tour-7/steps/send', 'deliveries?webhook=hook-7']
    const heavy: string[] = []
    for (const path of [...paths, ...more].filter(path => !/json$/.test(path))) {
      const { html } = await owner.get(path)
      const size = Buffer.byteLength(html)
      if (size > 60_000) heavy.push(`${path}: ${size}`)
    }
    expect(heavy).toEqual([])

    for (const [path, total] of [
      ['tours', 2000],
      ['webhooks', 1001],
      ['settings/people', 1001],
    ] as const) {
      const { html } = await owner.get(path)
      expect(rowsIn(html), path).toBe(50)
      expect(html, path).toContain(`1 to 50 of ${total.toLocaleString('en')}`)
      const second = (await owner.get(`${path}?from=50`)).html
      expect(second, path).toContain(`51 to 100 of ${total.toLocaleString('en')}`)
      expect(second, path).toContain('>Before</a>')
    }
    const found = (await owner.get('tours?search=TOUR+number+77')).html
    expect(found.match(/Tour number 77\d?</g)).toHaveLength(11)
    expect((await owner.get('webhooks?search=nowhere')).html).toContain('No name or id has “nowhere” in it.')

    const publish = (await owner.get('publish')).html
    expect(publish).toContain('1 to 50 of 4,000')
    expect(publish).toContain('And the 3,950 that are not shown here')
    expect((await owner.get('publish?before=31')).html).toContain('Version 30<')
  })
})

describe('sixty changes', () => {
  it('are published together by one more tick, but for what was taken out', async () => {
    const { signIn, admin, emitter } = await startConsole()
    for (let index = 0; index < 60; index += 1)
      await admin('POST', '/documents/banners', { id: `banner-${index}`, content: 'Hi' })
    const owner = await signIn()
    const { html } = await owner.get('publish')
    const shown = [...html.matchAll(/name="shown" value="([^"]*)"/g)].map(([, target = '']) => target)
    expect(shown).toHaveLength(50)
    const [first = '', ...item] = shown
    await owner.post('publish', { shown, item, others: 'on', note: '' })
    expect(Object(await emitter.console.version(1)).config.banners).toHaveLength(59)
    expect((await owner.get('publish')).html).toContain(`value="${first}"`)
  })
})
