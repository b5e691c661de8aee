import { describe, expect, it } from 'vitest'
import { startConsole, viewerToken } from '../../support/console.ts'

async function withTour() {
  const started = await startConsole({ config: url => ({ webhooks: [{ id: 'crm', url: url('/hook') }] }) })
  const owner = await started.signIn()
  await owner.post('tours', { name: 'Crew welcome' })
  const words = { shown: 'modal', type: 'modal', title: 'Hi </script><script>alert(1)</script>', content: '' }
  await owner.post('tours/crew-welcome/steps/hello', { rev: '1', ...words })
  await owner.post('tours/crew-welcome/steps', { type: 'trigger' })
  return { ...started, owner }
}

/** What the stage's page is told to draw. */
function stagedIn(html: string) {
  return JSON.parse(/id="staged">([^<]*)<\/script>/.exec(html)?.[1] ?? 'null')
}

describe('the stage beside an editor', () => {
  it('stands in the editor of tours, checklists and banners, with the draft that is saved', async () => {
    const { owner } = await withTour()
    await owner.post('checklists', { name: 'First week' })
    await owner.post('banners', { name: 'News' })
    for (const [path, stage] of [
      ['tours/crew-welcome', 'stage/tours/crew-welcome'],
      ['tours/crew-welcome/steps/hello', 'stage/tours/crew-welcome?step=hello'],
      ['checklists/first-week', 'stage/checklists/first-week'],
      ['banners/news', 'stage/banners/news'],
    ]) {
      expect((await owner.get(path ?? '')).html).toMatch(
        new RegExp(`<iframe class="stage"[^>]* src="(\\.\\./)+${stage?.replace('?', '\\?')}"`),
      )
      expect((await owner.get(stage ?? '')).status).toBe(200)
    }
    const { html } = await owner.get('stage/tours/crew-welcome?step=hello')
    expect(stagedIn(html)).toEqual({
      content: {
        tour: {
          id: 'crew-welcome',
          name: 'Crew welcome',
          steps: [{ id: 'hello', type: 'modal', title: 'Hi </script><script>alert(1)</script>' }],
        },
      },
      step: 'hello',
      tags: {},
    })
    expect(html).not.toContain('<script>alert')
  })

  it('has its own origin, runs nothing inline, reaches nothing, and is in nobody’s frame but the console’s', async () => {
    const { owner } = await withTour()
    const { headers } = await owner.get('stage/tours/crew-welcome')
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy.split('; ').toSorted()).toEqual([
      "base-uri 'none'",
      "default-src 'none'",
      "form-action 'none'",
      "frame-ancestors 'self'",
      "img-src 'self'",
      'sandbox allow-scripts allow-forms',
      "script-src 'self'",
      "style-src 'self'",
    ])
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN')
    // A tour may have any id.
    await owner.post('tours', { name: 'Stage' })
    expect((await owner.get('tours/stage')).headers.get('content-security-policy')).toContain(
      "frame-ancestors 'none'",
    )
  })

  it('is told a form as it would be saved, and saves nothing', async () => {
    const { owner, emitter, signIn } = await withTour()
    const form = { shown: 'modal', type: 'slideout', title: 'Hello, {firstName}', content: 'Three *stops*.' }
    const viewer = await signIn(viewerToken)
    for (const somebody of [owner, viewer]) {
      const { html } = await somebody.post('stage/tours/crew-welcome?step=hello', form)
      expect(JSON.parse(html)).toEqual({
        content: {
          tour: {
            id: 'crew-welcome',
            name: 'Crew welcome',
            steps: [{ id: 'hello', type: 'slideout', title: 'Hello, {firstName}', content: 'Three *stops*.' }],
          },
        },
        step: 'hello',
        tags: { firstName: 'Ada' },
      })
    }
    const saved = await emitter.console.document('tours', 'crew-welcome')
    expect(saved?.draft).toMatchObject({ steps: [{ type: 'modal' }, { type: 'trigger' }] })
  })

  it('has the words of a banner for whoever runs no scripts', async () => {
    const { owner } = await withTour()
    await owner.post('banners', { name: 'News' })
    expect((await owner.get('stage/banners/news')).html).toContain(
      '<div class="card"><p>What is **new** today?</p></div>',
    )
  })

  it.each(['stage/tours/nothing', 'stage/segments/x', 'stage/nonsense/x'])('is not there at %s', async path => {
    const { owner } = await withTour()
    expect((await owner.get(path)).status).toBe(404)
  })
})
