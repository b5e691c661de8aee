import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createCompanion } from '../../../src/server/companion/companion.ts'
import { memoryStore } from '../../../src/server/stores/memory/memory.ts'
import type { Store } from '../../../src/server/stores/store.ts'
import { adminToken } from '../../support/companion.ts'
import { authorToken, startConsole } from '../../support/console.ts'
import { createReceiver } from '../../support/receiver.ts'
import { woundEmitter } from '../support/emitter.ts'
import { startMailServer } from '../support/mail-server.ts'

const all = ['webhook_failing', 'webhook_disabled', 'webhook_recovered', 'delivery_exhausted']

/** A companion on a clock that a test winds, its mail server, and a webhook that is gone. */
async function withMail({ store = memoryStore(), smtpUrl }: { store?: Store; smtpUrl?: string } = {}) {
  const [server, receiver] = [await startMailServer(), await createReceiver()]
  receiver.script({ path: '/gone', answer: { status: 410, body: '' } })
  receiver.script({ path: '/refuses', answer: { status: 404, body: '' } })
  const webhooks = [
    { id: 'gone', name: 'CRM lead', url: receiver.url('/gone'), events: ['tour_completed' as const] },
    { id: 'refuses', url: receiver.url('/refuses'), events: ['banner_seen' as const] },
  ]
  const { clock, emitter } = woundEmitter({ store, webhooks, schedule: [0] })
  const errors: unknown[] = []
  createCompanion({
    emitter,
    config: { webhooks },
    adminToken,
    allowedOrigins: [],
    smtpUrl: smtpUrl ?? server.url,
    mailFrom: 'alerts@example.com',
    clock,
    onError: error => errors.push(error),
  })
  onTestFinished(async () => {
    await emitter.close()
    await Promise.all([server.close(), receiver.close()])
  })
  await store.console.changeSetting('alerts', () => ({ addresses: ['ada@example.com'], events: all }))

  /** Has something happen, and waits until it is kept to be told. */
  async function happen(name: 'tour_completed' | 'banner_seen', kept: number) {
    await emitter.emit({ name, userId: 'ada', id: 'x' })
    await vi.waitFor(async () => {
      clock.wind(1)
      const digest = await store.console.setting('digest')
      expect(Reflect.get(Object(digest), 'events')).toHaveLength(kept)
    })
  }
  /** Winds on, a minute at a time, until that many e-mails have come. */
  async function mailed(count: number) {
    await vi.waitFor(() => {
      clock.wind(60_000)
      expect(server.mails).toHaveLength(count)
    })
    return server.mails.at(-1)
  }
  return { server, clock, emitter, store, errors, happen, mailed }
}

describe('alerts by e-mail', () => {
  it('tell soon after the first what has happened, and the rest within an hour, in one', async () => {
    const { happen, mailed, server, clock, store } = await withMail()
    await happen('tour_completed', 2)
    const first = await mailed(1)
    expect(first).toMatchObject({ from: 'alerts@example.com', to: ['ada@example.com'] })
    expect(first?.raw).toContain('Subject: Tourhook: 2 things about your webhooks')
    expect(first?.raw).toContain('CRM lead is disabled: it answered 410 Gone')

    await happen('banner_seen', 1)
    await happen('banner_seen', 2)
    for (let minute = 0; minute < 50; minute += 1) {
      clock.wind(60_000)
      await store.console.setting('digest')
    }
    expect(server.mails).toHaveLength(1)
    expect((await mailed(2))?.raw).toContain('Subject: Tourhook: 2 messages to refuses given up')
  })

  it('are kept for the next process, and told once by one of several', async () => {
    const store = memoryStore()
    const first = await withMail({ store })
    await first.happen('tour_completed', 2)
    await first.emitter.close()
    const others = [await withMail({ store }), await withMail({ store })]
    for (let minute = 0; minute < 5; minute += 1) for (const { clock } of others) clock.wind(60_000)
    const mails = () => [first, ...others].flatMap(({ server }) => server.mails)
    await vi.waitFor(() => expect(mails()).toHaveLength(1))
    await vi.waitFor(async () => expect(await store.console.setting('digest')).toMatchObject({ events: [] }))
    expect(mails()).toHaveLength(1)
  })

  it('say what is wrong with the mail server, and are tried again', async () => {
    const { happen, clock, errors, store } = await withMail({ smtpUrl: 'smtp://127.0.0.1:1' })
    await happen('tour_completed', 2)
    await vi.waitFor(() => {
      clock.wind(60_000)
      expect(errors.map(String).join()).toContain('127.0.0.1 did not take the e-mail')
    })
    expect(await store.console.setting('digest')).toMatchObject({ events: [{}, {}] })
  })

  it('refuse a mail server’s address that is none', async () => {
    await expect(startConsole({ smtpUrl: 'mail.example.com' })).rejects.toThrow(
      'smtpUrl: expected a URL such as',
    )
  })
})

describe('the alerts’ page', () => {
  it('keeps who is told, sends them a test, and leaves a line in the audit', async () => {
    const server = await startMailServer({ refuses: 'nobody@example.com' })
    onTestFinished(server.close)
    const { signIn } = await startConsole({ smtpUrl: server.url })
    const owner = await signIn()
    const form = { addresses: 'ada@example.com\nben@example.com', event: ['webhook_disabled'] }
    expect((await owner.post('settings/alerts', form)).status).toBe(303)
    const { html } = await owner.get('settings/alerts')
    expect(html).toContain('ada@example.com\nben@example.com</textarea>')
    expect(html).toContain('value="webhook_disabled" checked')
    expect((await owner.post('settings/alerts/test')).html).toContain(
      'Sent to ada@example.com, ben@example.com.',
    )
    expect(server.mails).toMatchObject([{ to: ['ada@example.com', 'ben@example.com'] }])
    expect((await owner.get('settings/audit')).html).toContain('sent a test e-mail')

    await owner.post('settings/alerts', { addresses: 'nobody@example.com' })
    const failed = await owner.post('settings/alerts/test')
    expect([failed.status, failed.html]).toEqual([
      409,
      expect.stringContaining('There is nobody of that name here'),
    ])
  })

  it('names what is no address, and keeps what was typed', async () => {
    const owner = await (await startConsole()).signIn()
    const wrong = await owner.post('settings/alerts', { addresses: 'ada@example.com, <b>@x', event: all })
    expect(wrong.status).toBe(422)
    expect(wrong.html).toContain('“&lt;b&gt;@x” is no e-mail address.')
    expect(wrong.html).toContain('ada@example.com\n&lt;b&gt;@x</textarea>')
    const { html, status } = await owner.post('settings/alerts/test')
    expect([status, html]).toEqual([409, expect.stringContaining('TOURHOOK_SMTP_URL')])
  })

  it('has a webhook hear of alerts besides what it hears, but for one in the config file', async () => {
    const { signIn, emitter } = await startConsole({
      config: url => ({ webhooks: [{ id: 'file', url: url('/file'), events: ['webhook_failing'] }] }),
    })
    const [owner, ben] = [await signIn(), await signIn(authorToken)]
    await emitter.webhooks.create({ id: 'chat', url: 'https://chat.example.com/x', events: ['tour_completed'] })
    const alerts = { event: ['webhook_failing', 'webhook_recovered'] }
    expect((await ben.post('settings/alerts/webhooks/chat', alerts)).status).toBe(403)
    expect((await owner.post('settings/alerts/webhooks/chat', alerts)).status).toBe(303)
    expect(await emitter.webhooks.get('chat')).toMatchObject({
      events: ['tour_completed', 'webhook_failing', 'webhook_recovered'],
    })
    expect((await owner.post('settings/alerts/webhooks/file', alerts)).status).toBe(409)
    expect((await owner.get('settings/alerts')).html).toContain('2 of 4')
  })
})
