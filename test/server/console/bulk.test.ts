import { describe, expect, it, vi } from 'vitest'
import { memoryStore } from '../../../src/server/stores/memory/memory.ts'
import { authorToken, type ConsoleUser, startConsole, viewerToken } from '../../support/console.ts'

async function withDeliveries(count = 3) {
  const store = memoryStore()
  const now = Date.now()
  const started = await startConsole({
    store,
    config: url => ({ webhooks: [{ id: 'crm', name: 'CRM lead', url: url('/hook') }] }),
  })
  await store.add(
    Array.from({ length: count }, (_, index) => ({
      id: `msg_${index}`,
      webhook: 'crm',
      message: { id: `msg_${index}`, timestamp: '', name: '', userId: 'ada', events: [], data: {} },
      createdAt: now - 1000 - index,
      dueAt: now + 3_600_000,
    })),
  )
  return { ...started, store, owner: await started.signIn() }
}

/** Follows a job's page, as somebody who reloads it, until it has ended. */
async function reloadUntilEnded(user: ConsoleUser, location: string | undefined): Promise<string> {
  const page = (location ?? '').replace('/console/', '')
  await vi.waitFor(async () => expect((await user.get(page)).html).not.toContain('>Stop<'), { timeout: 10_000 })
  return (await user.get(page)).html
}

describe('all deliveries that match', () => {
  it('are counted, cancelled and sent again by plain forms, and the audit says by whom', async () => {
    const { owner, store, receiver } = await withDeliveries()
    const list = await owner.get('deliveries?state=pending&userId=ada')
    expect(list.html).toContain('href="./deliveries/bulk?state=pending&amp;userId=ada&amp;kind=cancel"')
    const question = await owner.get('deliveries/bulk?state=pending&userId=ada&kind=cancel')
    expect(question.html).toContain('>Cancel 3<')
    const filter = { state: 'pending', userId: 'ada' }
    const cancelled = await owner.post('deliveries/bulk', { kind: 'cancel', ...filter })
    expect(cancelled.status).toBe(303)
    expect(await reloadUntilEnded(owner, cancelled.location)).toContain('<b>3 of 3</b> cancelled')
    expect(await store.count({ state: 'failed' })).toBe(3)

    const resent = await owner.post('deliveries/bulk', { kind: 'resend', state: 'failed', webhook: 'crm' })
    expect(await reloadUntilEnded(owner, resent.location)).toContain('<b>3 of 3</b> queued again')
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(3), { timeout: 5000 })
    const jobs = (await owner.get('deliveries/jobs')).html
    expect(jobs.match(/Resend 3 deliveries|Cancel 3 deliveries/g)).toEqual([
      'Resend 3 deliveries',
      'Cancel 3 deliveries',
    ])
    const audit = (await owner.get('settings/audit')).html
    for (const action of [
      'began to cancel all that wait',
      'cancelled all that waited',
      'resent all that matched',
    ])
      expect(audit).toContain(action)
  })

  it('are an owner’s to resend or cancel, and never all that there are', async () => {
    const { owner, signIn, store } = await withDeliveries()
    for (const token of [authorToken, viewerToken]) {
      const user = await signIn(token)
      expect((await user.get('deliveries?state=pending')).html).not.toContain('deliveries/bulk')
      expect((await user.get('deliveries/bulk?kind=cancel&state=pending')).status).toBe(403)
      expect((await user.post('deliveries/bulk', { kind: 'cancel', state: 'pending' })).status).toBe(403)
    }
    expect((await owner.get('deliveries')).html).not.toContain('deliveries/bulk')
    expect((await owner.post('deliveries/bulk', { kind: 'cancel' })).status).toBe(422)
    expect((await owner.post('deliveries/bulk', { kind: 'cancel', userId: 'nobody' })).status).toBe(409)
    expect((await owner.get('deliveries/jobs/none')).status).toBe(404)
    expect(await store.count({ state: 'pending' })).toBe(3)
  })

  it('are 10,000 at once at the most, and the question says so', async () => {
    const { owner } = await withDeliveries(10_001)
    const { html } = await owner.get('deliveries/bulk?webhook=crm&kind=resend')
    expect(html).toContain('More than 10,000 match')
    expect(html).toContain('>Resend 10,000<')
  })

  it('can be stopped, with a line in the audit', async () => {
    const { owner, emitter } = await withDeliveries(2000)
    const { location } = await owner.post('deliveries/bulk', { kind: 'cancel', webhook: 'crm' })
    const job = (location ?? '').replace('/console/', '')
    expect((await owner.post(`${job}/stop`)).location).toBe(location)
    expect(await emitter.jobs.list()).toMatchObject([{ state: expect.stringMatching(/stopped|done/) }])
    expect((await owner.get('settings/audit')).html).toContain('stopped it')
  })
})
