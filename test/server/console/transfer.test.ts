import { describe, expect, it } from 'vitest'
import { authorToken, fieldIn, startConsole } from '../../support/console.ts'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

function withWebhook() {
  return startConsole({
    config: url => ({
      webhooks: [
        {
          id: 'crm',
          url: url('/hooks/T0/B0'),
          headers: { 'x-key': 'header-secret' },
          auth: { username: 'tourhook', password: 'pass-secret' },
          query: { token: 'query-secret' },
          secret,
        },
      ],
    }),
  })
}

describe('an export', () => {
  it('holds no secret unless an owner ticks it, and no address for whoever sees none on the pages', async () => {
    const { signIn } = await withWebhook()
    const [owner, ben] = [await signIn(), await signIn(authorToken)]
    const plain = (await owner.get('settings/export/tourhook.json')).html
    expect(plain).toContain('/hooks/T0/B0')
    expect(plain).not.toMatch(/whsec_|-secret/)
    expect((await ben.get('settings/export/tourhook.json')).html).not.toMatch(/whsec_|-secret|T0/)
    expect((await ben.get('settings/transfer')).html).not.toContain('With secrets')
    expect((await ben.get('settings/export/tourhook.json?secrets=on')).status).toBe(403)

    const whole = JSON.parse((await owner.get('settings/export/tourhook.json?secrets=on')).html)
    expect(whole.webhooks).toMatchObject([
      {
        headers: { 'x-key': 'header-secret' },
        auth: { password: 'pass-secret' },
        query: { token: 'query-secret' },
        secret,
      },
    ])
    expect((await owner.get('settings/audit')).html).toContain('exported it with secrets')
  })

  it('with secrets has those that were made or rotated in the console', async () => {
    const { signIn, emitter, receiver } = await startConsole()
    await emitter.webhooks.create({ id: 'crm', url: receiver.url('/crm') })
    const rotated = await emitter.webhooks.rotateSecret('crm')
    const { html } = await (await signIn()).get('settings/export/tourhook.json?secrets=on')
    expect(JSON.parse(html).webhooks).toMatchObject([{ id: 'crm', secret: rotated.secret }])
  })
})

describe('an import', () => {
  const imported = (title: string) =>
    JSON.stringify({ tours: [{ id: 'crew', name: 'Crew', steps: [{ id: 'a', type: 'modal', title }] }] })

  it('lands in the drafts as a difference that is shown, and pages see nothing of it', async () => {
    const { signIn, page } = await startConsole()
    const owner = await signIn()
    await owner.post('settings/import', { json: imported('Hello there') })
    await owner.post('publish', { item: 'tours/crew' })
    const { html } = await owner.post('settings/import', { json: imported('Hello here') })
    expect(html).toContain('steps › a › title')
    expect(html).toContain('<del>there</del><ins>here</ins>')
    expect((await page('GET', '/v1/config.json')).json.tours[0].steps[0].title).toBe('Hello there')
    expect((await owner.get('publish')).html).toContain('<ins>here</ins>')
  })

  it('of what is there already changes nothing, and says so', async () => {
    const { signIn, emitter } = await startConsole()
    const owner = await signIn()
    await owner.post('settings/import', { json: imported('Hello') })
    const before = await emitter.console.document('tours', 'crew')
    const { html } = await owner.post('settings/import', { json: imported('Hello') })
    expect(html).toContain('Imported into the drafts: 0')
    expect(await emitter.console.document('tours', 'crew')).toEqual(before)
  })

  it('of what this companion has exported, with secrets, is the same companion', async () => {
    const [one, other] = [await withWebhook(), await startConsole()]
    const owner = await one.signIn()
    await owner.post('settings/import', { json: imported('Hello') })
    await owner.post('publish', { item: 'tours/crew' })
    const { html: json } = await owner.get('settings/export/tourhook.json?secrets=on')
    const second = await other.signIn()
    await second.post('settings/import', { json })
    await second.post('publish', { item: 'tours/crew' })
    expect((await second.get('settings/export/tourhook.json?secrets=on')).html).toBe(json)
    expect(fieldIn((await second.get('tours/crew')).html, 'name')).toBe('Crew')
  })
})

describe('a file to import', () => {
  it('is taken as a browser sends it, and the page says what is wrong with one that is none', async () => {
    const { signIn, companion } = await startConsole()
    const { cookie } = await signIn()
    const send = (file: string) => {
      const body = new FormData()
      body.set('file', new File([file], 'tourhook.json', { type: 'application/json' }))
      body.set('json', '')
      const headers = { cookie, origin: 'http://companion.test' }
      return companion.fetch(
        new Request('http://companion.test/console/settings/import', { method: 'POST', headers, body }),
      )
    }
    const good = await send(JSON.stringify({ banners: [{ id: 'news', content: 'Hi' }] }))
    expect(await good.text()).toContain('Imported into the drafts: 1')
    for (const [file, said] of [
      ['{ "banners": [', 'is not JSON'],
      ['\u0000\u0001PNG', 'is not JSON'],
      ['{ "endpoints": [] }', 'endpoints'],
    ] as const) {
      const bad = await send(file)
      expect(bad.status, file).toBe(422)
      expect(await bad.text(), file).toContain(said)
    }
    expect((await send('x'.repeat(2_000_000))).status).toBe(413)
  })
})
