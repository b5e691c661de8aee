import { describe, expect, it } from 'vitest'
import { fieldIn, formIn, startConsole } from '../../support/console.ts'

async function withOwn(more: Record<string, string | string[]> = {}) {
  const started = await startConsole()
  const owner = await started.signIn()
  const url = 'https://hooks.example.com/lead'
  const { html } = await owner.post('webhooks/new', { name: 'Lead', url, ...more })
  return { ...started, owner, secret: secretIn(html) }
}

function secretIn(html: string): string | undefined {
  return /whsec_[\w+/=]+/.exec(html)?.[0]
}

describe('a webhook that moves to another origin', () => {
  it('shows its new secret, which nothing else does: its endpoint would refuse every message', async () => {
    const { owner, secret, emitter } = await withOwn()
    const form = formIn((await owner.get('webhooks/lead/edit')).html, 'webhooks/lead/edit')
    const moved = await owner.post('webhooks/lead/edit', { ...form, url: 'https://elsewhere.example/lead' })
    expect(moved.html).toContain('it has a new secret')
    const known = (await emitter.webhooks.settings('lead', { withSecret: true }))?.secret
    expect(secretIn(moved.html)).toBe(known)
    expect(known).not.toBe(secret)
  })

  it('takes no header and no password along that nobody has entered again', async () => {
    const { owner, emitter } = await withOwn({
      'headers.name': 'x-key',
      'headers.value': 'hidden-key',
      username: 'ada',
      password: 'hidden-password',
    })
    const form = formIn((await owner.get('webhooks/lead/edit')).html, 'webhooks/lead/edit')
    const url = 'https://elsewhere.example/lead'
    const kept = await owner.post('webhooks/lead/edit', { ...form, url })
    expect(kept.status).toBe(422)
    expect(kept.html).toContain('enter the value of x-key again, or clear its name')
    expect(kept.html).toContain('enter the password again, or clear the user name')
    expect(kept.html).not.toContain('hidden-')
    expect((await emitter.webhooks.settings('lead'))?.url).toBe('https://hooks.example.com/lead')

    const entered = { 'headers.name': 'x-key', 'headers.value': 'new-key', username: 'ada', password: 'new' }
    await owner.post('webhooks/lead/edit', { ...form, ...entered, url })
    expect(await emitter.webhooks.settings('lead')).toMatchObject({
      url,
      headers: { 'x-key': 'new-key' },
      auth: { password: 'new' },
    })
  })
})

describe('a new webhook', () => {
  it('is made once, however often its form is sent: by a reload, a second click, or after going back', async () => {
    const { owner, emitter } = await withOwn()
    const once = fieldIn((await owner.get('webhooks/new')).html, 'once')
    const form = { name: 'Team', url: 'https://hooks.example.com/team', once }
    expect(secretIn((await owner.post('webhooks/new', form)).html)).toBeDefined()
    const again = await owner.post('webhooks/new', form)
    expect(again.location).toBe('/console/webhooks/team?note=once')
    expect((await emitter.webhooks.list()).map(({ id }) => id)).toEqual(['lead', 'team'])
  })

  it('keeps what was typed when something is wrong with it, and says what', async () => {
    const { owner, emitter } = await withOwn()
    const wrong: [Record<string, string>, string][] = [
      [{ url: 'nonsense' }, 'f-url-error'],
      [{ url: 'ftp://example.com' }, 'f-url-error'],
      [{ url: '' }, 'f-url-error'],
      [{ body: 'template', template: '{ "text": ' }, 'f-template-error'],
      [{ concurrency: '-3' }, 'f-concurrency-error'],
      [{ ratePerSecond: 'many' }, 'f-ratePerSecond-error'],
    ]
    for (const [input, id] of wrong) {
      const typed = { name: 'My typed name', url: 'https://hooks.example.com/x', username: 'ada', ...input }
      const { status, html } = await owner.post('webhooks/new', { ...typed, password: 'p' })
      expect(status, JSON.stringify(input)).toBe(422)
      expect(html, JSON.stringify(input)).toContain(`id="${id}"`)
      expect(fieldIn(html, 'name')).toBe('My typed name')
      expect(fieldIn(html, 'username')).toBe('ada')
    }
    expect(await emitter.webhooks.list()).toHaveLength(1)
  })
})
