import { describe, expect, it } from 'vitest'
import { fieldIn } from '../../../support/console.ts'
import { type OnPage, startOnPage, withStepOf } from '../../../support/on-page.ts'

const stored = async ({ emitter }: Pick<OnPage, 'emitter'>) =>
  (await emitter.console.document('tours', 'crew-welcome'))?.draft as {
    name: string
    steps: { id: string; title?: string; content?: string }[]
  }

describe('two people at one draft, one of them on the page', () => {
  it('have both changes kept when these are of separate fields, or steps', async () => {
    const tour = await startOnPage()
    const page = await tour.open()
    const { rev, draft } = (await page.draft()).json
    const { html } = await tour.owner.get('tours/crew-welcome/steps/hello')
    const words = { shown: 'modal', type: 'modal', title: 'Hi there', content: '' }
    await tour.owner.post('tours/crew-welcome/steps/hello', { rev: fieldIn(html, 'rev'), ...words })
    await tour.owner.post('tours/crew-welcome/steps', { type: 'slideout' })

    const mine = withStepOf(withStepOf(draft, 'hello', { content: 'Three stops.' }), 'pointer', {
      element: '#new',
    })
    const { status, json } = await page.save(rev, mine)
    expect(status).toBe(200)
    expect(json.draft.steps).toEqual([
      { id: 'hello', type: 'modal', title: 'Hi there', content: 'Three stops.' },
      { id: 'pointer', type: 'pointer', element: '#new' },
      { id: 'slideout', type: 'slideout' },
    ])
    expect(await stored(tour)).toEqual(json.draft)
    expect((await page.draft()).json.rev).toBe(json.rev)
  })

  it('get a choice when both have changed the same, and nothing is overwritten before it is made', async () => {
    const tour = await startOnPage()
    const [ada, ben] = [await tour.open(tour.owner), await tour.open()]
    const { rev, draft } = (await ben.draft()).json
    const theirs = withStepOf({ ...draft, name: 'Crew' }, 'hello', { title: 'Theirs' })
    const saved = (await ada.save(rev, theirs)).json
    const yours = withStepOf(draft, 'hello', { title: 'Yours', content: 'And a text.' })
    const clash = await ben.save(rev, yours)
    expect(clash.status).toBe(409)
    expect(clash.json).toEqual({
      error: {
        code: 'clash',
        message: 'Owner has changed the same in the meantime; choose what to keep.',
      },
      rev: saved.rev,
      clashes: [
        { path: ['steps', 'hello', 'title'], base: 'Hello, {firstName}', theirs: 'Theirs', yours: 'Yours' },
      ],
      draft: saved.draft,
      merged: withStepOf({ ...draft, name: 'Crew' }, 'hello', { title: 'Theirs', content: 'And a text.' }),
    })
    expect(await stored(tour)).toEqual(saved.draft)

    const chosen = await ben.save(clash.json.rev, withStepOf(clash.json.merged, 'hello', { title: 'Yours' }))
    expect(chosen.status).toBe(200)
    expect(await stored(tour)).toMatchObject({
      name: 'Crew',
      steps: [{ title: 'Yours', content: 'And a text.' }, {}],
    })
  })

  it('clash over a step that one has removed and the other has changed', async () => {
    const tour = await startOnPage()
    const page = await tour.open()
    const { rev, draft } = (await page.draft()).json
    await tour.owner.post('tours/crew-welcome/steps/hello/remove')
    const { status, json } = await page.save(rev, withStepOf(draft, 'hello', { title: 'Changed' }))
    expect(status).toBe(409)
    expect(json.clashes).toEqual([
      {
        path: ['steps', 'hello'],
        base: { id: 'hello', type: 'modal', title: 'Hello, {firstName}' },
        yours: { id: 'hello', type: 'modal', title: 'Changed' },
      },
    ])
  })

  it('clash when one has begun from a draft that nobody keeps any more, or that never was', async () => {
    const tour = await startOnPage()
    const page = await tour.open()
    const first = (await page.draft()).json
    let { rev } = first
    for (let count = 0; count < 25; count += 1) {
      rev = (await page.save(rev, { ...first.draft, name: `Crew ${count}` })).json.rev
    }
    for (const asked of [first.rev, rev + 10]) {
      const { status, json } = await page.save(asked, { ...first.draft, name: 'Late' })
      expect([status, json.clashes]).toEqual([409, [{ path: ['name'], theirs: 'Crew 24', yours: 'Late' }]])
    }
    expect((await stored(tour)).name).toBe('Crew 24')
  })

  it('lose nothing when they save at the same moment', async () => {
    const tour = await startOnPage()
    const pages = await Promise.all(Array.from({ length: 5 }, () => tour.open(tour.owner)))
    const { rev, draft } = (await tour.open().then(page => page.draft())).json
    const answers = await Promise.all(
      pages.map((page, index) => page.save(rev, { ...draft, name: `Crew ${index}` })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409])
    const kept = answers.find(({ status }) => status === 200)?.json.draft.name
    expect((await stored(tour)).name).toBe(kept)
  })
})

describe('a draft that is not as a tour has to be', () => {
  const step = (changes: object) => ({ steps: [{ id: 'hello', type: 'modal' }, changes] })

  it.each([
    ['an unknown key', { colour: 'red' }, ''],
    ['a step of no type', step({ id: 'x', type: 'popup' }), 'steps[1].type'],
    [
      'a webhook that isn’t there',
      step({ id: 'x', type: 'trigger', trigger: { type: 'webhook', webhook: 'gone' } }),
      'steps[1].trigger.webhook',
    ],
    ['a selector that is none', step({ id: 'x', type: 'pointer', element: '##' }), 'steps[1].element'],
    ['steps that are no list', { steps: 'none' }, 'steps'],
  ])('is refused with the place: %s', async (_, changes, path) => {
    const tour = await startOnPage()
    const page = await tour.open()
    const { rev, draft } = (await page.draft()).json
    const before = await stored(tour)
    const { status, json } = await page.save(rev, { ...draft, ...changes })
    expect(status).toBe(422)
    expect(json.problems.map((problem: { path: string }) => problem.path)).toContain(path)
    expect(json.error).toMatchObject({ code: 'invalid', message: expect.stringContaining('can’t be saved') })
    expect(await stored(tour)).toEqual(before)
  })

  it.each([[null], ['text'], [[]], [7], [{}], [{ id: 'another' }]])('is refused: %j', async draft => {
    const tour = await startOnPage()
    const page = await tour.open()
    const { status, json } = await page.save(2, draft)
    expect([status, json.error.path]).toEqual([422, 'draft.id'])
  })

  it.each([[-1], [1.5], ['1'], [null], [undefined]])('is refused with the rev %j', async rev => {
    const page = await (await startOnPage()).open()
    const { status, json } = await page.save(rev as number, { id: 'crew-welcome' })
    expect([status, json.error.path]).toEqual([422, 'rev'])
  })

  it('may be saved for all that was wrong with it before', async () => {
    const tour = await startOnPage()
    await tour.owner.post('tours/crew-welcome/steps', { type: 'trigger' })
    const page = await tour.open()
    const { rev, draft } = (await page.draft()).json
    // The pointer has no element, the trigger no webhook: that waits until it is published.
    const saved = await page.save(rev, withStepOf(draft, 'hello', { title: 'Hi' }))
    expect(saved.status).toBe(200)
    const moved = { ...saved.json.draft, steps: saved.json.draft.steps.toReversed() }
    const again = await page.save(saved.json.rev, moved)
    expect(again.status).toBe(200)
    const more = {
      ...moved,
      steps: [...moved.steps, { id: 'other', type: 'trigger', trigger: { type: 'webhook', webhook: '' } }],
    }
    expect((await page.save(again.json.rev, more)).status).toBe(422)
  })
})

describe('what the editor may send', () => {
  it('is as large as a long tour, and no larger', async () => {
    const page = await (await startOnPage()).open()
    const { rev, draft } = (await page.draft()).json
    const long = withStepOf(draft, 'hello', { content: 'x'.repeat(150_000) })
    expect((await page.save(rev, long)).status).toBe(200)
    const tooLong = await page.save(rev, withStepOf(draft, 'hello', { content: 'x'.repeat(300_000) }))
    expect(tooLong).toMatchObject({ status: 413, json: { error: { code: 'too_large' } } })
    const many = { ...draft, steps: Array.from({ length: 25_000 }, () => 0) }
    expect((await page.save(rev, many)).status).toBe(413)
  })

  it('is JSON by its type', async () => {
    const page = await (await startOnPage()).open()
    const { status } = await page.save(1, {}, { 'content-type': 'text/plain' })
    expect(status).toBe(415)
  })

  it('comes at a bearable rate, guesses among it', async () => {
    const { page } = await startOnPage({
      rateLimit: { client: { perSecond: 1, burst: 20 }, site: { perSecond: 1, burst: 20 } },
    })
    const answers = []
    for (let guess = 0; guess < 30; guess += 1) {
      answers.push(await page('POST', '/v1/edit/session', { code: `guess-${guess}` }))
    }
    const statuses = answers.map(({ status }) => status)
    expect(statuses.slice(0, 16)).toEqual(Array(16).fill(401))
    expect(statuses.at(-1)).toBe(429)
    expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})
