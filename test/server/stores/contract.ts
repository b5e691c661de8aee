import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Cursor } from '../../../src/server/stores/log-query.ts'
import type { Claimed, NewDelivery, Settlement, Store, StoreOptions } from '../../../src/server/stores/store.ts'
import { TakenError } from '../../../src/server/stores/taken-error.ts'

/** How the contract's tests come by a store. */
export interface Bench {
  /** An empty store. */
  create(options: StoreOptions): Promise<Store>
  /** Makes the store believe that time has passed. */
  wind(ms: number): Promise<void>
  /** The present, as the store sees it. */
  now(): number
}

/** What every store promises; each is put to the same tests. */
export function describeStore(name: string, bench: Bench) {
  describe(`${name} keeps the stores' contract`, () => {
    let store: Store

    beforeEach(async () => {
      store = await bench.create({ leaseMs: 30_000 })
    })
    afterEach(() => store.close())

    const claim = (limit = 10, webhook = 'crm') => store.claim([{ webhook, limit }], bench.now())
    const newDelivery = (
      id: string,
      { dueInMs = 0, ...rest }: Partial<NewDelivery> & { dueInMs?: number } = {},
    ) => ({
      id,
      webhook: 'crm',
      message: messageOf(id),
      createdAt: bench.now(),
      dueAt: bench.now() + dueInMs,
      ...rest,
    })
    const settlement = (
      claimed: { id: string; webhook: string; lease: string },
      rest: Partial<Settlement> = {},
    ) => ({
      id: claimed.id,
      webhook: claimed.webhook,
      lease: claimed.lease,
      state: 'delivered' as const,
      attempt: { at: bench.now(), durationMs: 5, status: 200, answer: 'ok' },
      ...rest,
    })
    const claimOne = async () => {
      const [claimed] = await claim(1)
      if (!claimed) throw new Error('nothing was due')
      return claimed
    }

    it('lends out what was added, whole', async () => {
      await store.add([newDelivery('msg_1', { content: { text: 'Hi' } })])
      const claimed = await claimOne()
      expect(claimed).toMatchObject({ id: 'msg_1', webhook: 'crm', failures: 0, content: { text: 'Hi' } })
      expect(claimed.message).toEqual(messageOf('msg_1'))
    })

    it('keeps whatever JSON can say', async () => {
      const odd = 'NUL \0, half a pair \ud83d, "quotes", \\u0000'
      const message = { ...messageOf('msg_1'), userId: odd, data: { odd, [odd]: [odd, null, 1e300, { odd }] } }
      await store.add([newDelivery('msg_1', { message, content: odd })])
      const claimed = await claimOne()
      expect(claimed).toMatchObject({ message, content: odd })
      await store.settle([settlement(claimed)])
      expect(await store.list({ userId: odd }, { limit: 1 })).toMatchObject({ deliveries: [{ message }] })
      const change = () => ({ value: { odd }, deliveries: [] })
      expect(await store.apply({ once: odd, key: odd, at: bench.now(), change })).toBe(true)
      expect(await store.apply({ once: odd, key: odd, at: bench.now(), change })).toBe(false)
      expect(await store.read(odd)).toEqual({ odd })
    })

    it('takes a repeat of a change for one, and refuses other content under its id', async () => {
      const apply = (fingerprint: string | undefined, value: string) =>
        store.apply({
          once: 'a',
          fingerprint,
          key: 'k',
          at: bench.now(),
          change: () => ({ value, deliveries: [] }),
        })
      expect(await apply('one', 'first')).toBe(true)
      expect(await apply('one', 'again')).toBe(false)
      await expect(apply('other', 'second')).rejects.toThrow(TakenError)
      expect(await apply(undefined, 'third')).toBe(false)
      expect(await store.read('k')).toBe('first')
    })

    it('lends a delivery to one caller at a time', async () => {
      await store.add(Array.from({ length: 50 }, (_, index) => newDelivery(`msg_${index}`)))
      const claims = await Promise.all([claim(20), claim(20), claim(20), claim(20)])
      const ids = claims.flat().map(({ id }) => id)
      expect(ids).toHaveLength(50)
      expect(new Set(ids).size).toBe(50)
    })

    it('lends no more of a webhook than its lane may have, and leaves other webhooks alone', async () => {
      await store.add([1, 2, 3].map(n => newDelivery(`msg_${n}`)))
      await store.add([newDelivery('msg_other', { webhook: 'other' })])
      await store.add([newDelivery('msg_third', { webhook: 'third' })])
      const claimed = await store.claim(
        [
          { webhook: 'crm', limit: 2 },
          { webhook: 'other', limit: 2 },
        ],
        bench.now(),
      )
      expect(claimed.map(({ webhook }) => webhook).sort()).toEqual(['crm', 'crm', 'other'])
    })

    it('lends nothing before it is due', async () => {
      await store.add([newDelivery('msg_later', { dueInMs: 60_000 })])
      expect(await claim()).toEqual([])
      await bench.wind(60_001)
      expect(await claim()).toMatchObject([{ id: 'msg_later' }])
    })

    it('counts an id that is added twice once', async () => {
      await store.add([newDelivery('msg_1'), newDelivery('msg_1')])
      await store.add([newDelivery('msg_1', { message: { ...messageOf('msg_1'), name: 'other' } })])
      const claimed = await claim()
      expect(claimed).toMatchObject([{ message: { name: 'CRM lead' } }])
    })

    it('takes an id once for each webhook, and counts it once also when it has arrived', async () => {
      await store.add([newDelivery('msg_1'), newDelivery('msg_1', { webhook: 'other' })])
      const lanes = ['crm', 'other'].map(webhook => ({ webhook, limit: 5 }))
      const claimed = await store.claim(lanes, bench.now())
      expect(claimed.map(({ webhook }) => webhook).sort()).toEqual(['crm', 'other'])
      await store.settle(claimed.map(one => settlement(one)))
      expect(await store.add([newDelivery('msg_1')])).toEqual({ queued: [], conflicts: [], counted: true })
      expect(await store.claim(lanes, bench.now())).toEqual([])
      expect(await store.get('msg_1', 'other')).toMatchObject({ webhook: 'other', state: 'delivered' })
      const { deliveries } = await store.list({ id: 'msg_1' }, { limit: 5 })
      expect(deliveries.map(({ webhook }) => webhook).sort()).toEqual(['crm', 'other'])
    })

    it('says which deliveries it has under the same key with another content', async () => {
      const added = await store.add([newDelivery('msg_1'), newDelivery('msg_1')])
      expect(added).toEqual({ queued: [{ webhook: 'crm', id: 'msg_1' }], conflicts: [], counted: true })
      const other = newDelivery('msg_1', { message: { ...messageOf('msg_1'), data: { plan: 'free' } } })
      const both = await store.add([other, newDelivery('msg_2')])
      expect(both).toEqual({
        queued: [{ webhook: 'crm', id: 'msg_2' }],
        conflicts: [{ webhook: 'crm', id: 'msg_1' }],
        counted: true,
      })
      expect(await store.get('msg_1')).toMatchObject({ message: { data: { plan: 'pro' } } })
    })

    it('compares by fingerprint where both have one', async () => {
      await store.add([newDelivery('msg_1', { fingerprint: 'a' })])
      const renamed = { message: { ...messageOf('msg_1'), name: 'Renamed' } }
      expect(await store.add([newDelivery('msg_1', { ...renamed, fingerprint: 'a' })])).toMatchObject({
        conflicts: [],
      })
      expect(await store.add([newDelivery('msg_1', { fingerprint: 'b' })])).toMatchObject({
        conflicts: [{ id: 'msg_1' }],
      })
    })

    it("counts the caller's own id once, and says again what it queued", async () => {
      const once = 'order 7'
      const added = await Promise.all([1, 2, 3].map(n => store.add([newDelivery(`msg_${n}`)], { once })))
      const [first] = added.filter(({ counted }) => counted)
      expect(added.filter(({ counted }) => !counted)).toHaveLength(2)
      expect(new Set(added.map(({ queued }) => queued[0]?.id)).size).toBe(1)
      expect(await claim()).toMatchObject([{ id: first?.queued[0]?.id }])
      await bench.wind(10_000)
      await store.prune({ before: bench.now(), active: [] })
      expect(await store.add([newDelivery('msg_4')], { once })).toMatchObject({ counted: true })
    })

    it('keeps fractions of milliseconds out, wherever they come from', async () => {
      await store.add([newDelivery('msg_1', { createdAt: bench.now() + 0.25, dueAt: bench.now() - 0.75 })])
      const claimed = await claimOne()
      const attempt = { at: bench.now() + 0.1, durationMs: 5.4321, status: 429 }
      const dueAt = bench.now() + 292_052.427053
      expect(await store.settle([settlement(claimed, { state: 'pending', attempt, dueAt })])).toEqual([])
      const kept = await store.get('msg_1')
      expect(kept?.attempts).toEqual([{ at: Math.round(attempt.at), durationMs: 5, status: 429 }])
      for (const ms of [kept?.createdAt, kept?.dueAt]) expect(Number.isInteger(ms)).toBe(true)
      expect(await claim()).toEqual([])
    })

    it('sets one settlement aside that can not be kept, names it, and keeps the others', async () => {
      const ids = Array.from({ length: 20 }, (_, index) => `msg_${index}`)
      await store.add(ids.map(id => newDelivery(id)))
      const settlements = (await claim(20)).map(one => settlement(one))
      const poisonous = settlements.map(one =>
        one.id === 'msg_7' ? { ...one, state: 'pending' as const, dueAt: Number.NaN } : one,
      )
      const setAside = await store.settle(poisonous)
      expect(setAside).toMatchObject([{ settlement: { id: 'msg_7' } }])
      expect(setAside[0]?.error.message).toContain('msg_7')
      expect(await store.count({ state: 'delivered' })).toBe(19)
      expect(await store.get('msg_7')).toMatchObject({
        state: 'failed',
        reason: expect.stringContaining('NaN'),
      })
    })

    it('says which webhooks have something due, and which have something waiting', async () => {
      await store.add([
        newDelivery('msg_1'),
        newDelivery('msg_2', { webhook: 'later', dueInMs: 60_000 }),
        newDelivery('msg_3', { webhook: 'other' }),
      ])
      expect((await store.dueWebhooks(bench.now())).sort()).toEqual(['crm', 'other'])
      const lent = await claimOne()
      expect(await store.dueWebhooks(bench.now())).toEqual(['other'])
      expect((await store.waitingWebhooks()).sort()).toEqual(['crm', 'later', 'other'])
      await store.settle([settlement(lent)])
      expect((await store.waitingWebhooks()).sort()).toEqual(['later', 'other'])
    })

    it('counts attempts by hour, webhook and outcome', async () => {
      await store.add([newDelivery('msg_1'), newDelivery('msg_2'), newDelivery('msg_3', { webhook: 'other' })])
      const claimed = [...(await claim()), ...(await claim(10, 'other'))]
      const hour = Math.floor(bench.now() / 3_600_000) * 3_600_000
      const at = hour + 5
      await store.settle(claimed.map(one => settlement(one, { attempt: { at, durationMs: 10, status: 200 } })))
      expect(await store.hours({ webhook: 'crm', since: at })).toEqual([
        { hour, webhook: 'crm', outcome: 'delivered', attempts: 2, durationMs: 20 },
      ])
      expect(await store.hours({ since: hour, until: hour + 1 })).toHaveLength(2)
      const some = await store.hours({ webhook: ['other', 'third'], since: hour })
      expect(some.map(({ webhook }) => webhook)).toEqual(['other'])
      expect(await store.hours({ webhook: [], since: hour })).toEqual([])
      const of = await store.hours({ since: hour, until: hour + 1 })
      const sum = (key: 'attempts' | 'durationMs', counts: typeof of) =>
        counts.reduce((total, count) => total + count[key], 0)
      const together = await store.hours({ since: hour, until: hour + 1, together: true })
      expect(new Set(together.map(({ webhook }) => webhook))).toEqual(new Set(['']))
      expect(new Set(together.map(({ outcome }) => outcome)).size).toBe(together.length)
      for (const key of ['attempts', 'durationMs'] as const) expect(sum(key, together)).toBe(sum(key, of))
      expect(await store.hours({ since: hour + 3_600_000 })).toEqual([])
    })

    it('says of many webhooks at once how the last attempt at each went', async () => {
      await store.add([
        newDelivery('msg_1'),
        newDelivery('msg_2', { message: { ...messageOf('msg_2'), events: [{ name: 'banner_seen' }] } }),
        newDelivery('msg_3', { webhook: 'other' }),
        newDelivery('msg_4', { webhook: 'untried' }),
      ])
      const at = bench.now()
      const [first, second] = await claim()
      const [third] = await claim(1, 'other')
      if (!first || !second || !third) throw new Error('too little was due')
      await store.settle([
        settlement(first, { attempt: { at, durationMs: 5, status: 200, answer: 'thanks, Ada' } }),
        settlement(second, {
          attempt: { at: at + 1, durationMs: 7, status: 500, answer: 'no' },
          state: 'failed',
        }),
        settlement(third, { attempt: { at, durationMs: 9, error: 'it broke off' }, state: 'failed' }),
      ])
      // The newest, which nobody has tried yet, hides none.
      await store.add([newDelivery('msg_5')])
      expect(await store.lastAttempts(['crm', 'other', 'untried', 'nobody'])).toEqual(
        new Map([
          ['crm', { at: at + 1, durationMs: 7, status: 500 }],
          ['other', { at, durationMs: 9, error: 'it broke off' }],
        ]),
      )
      expect(await store.lastAttempts([])).toEqual(new Map())
    })

    it('lends again what was not settled when the lease ends', async () => {
      await store.add([newDelivery('msg_1')])
      const first = await claimOne()
      expect(first.leaseUntil - bench.now()).toBeCloseTo(30_000, -3)
      await bench.wind(29_000)
      expect(await claim()).toEqual([])
      await bench.wind(2_000)
      const second = await claimOne()
      expect(second.id).toBe('msg_1')
      expect(second.lease).not.toBe(first.lease)
    })

    it('logs each attempt, and is done with what was delivered', async () => {
      await store.add([newDelivery('msg_1')])
      await store.settle([settlement(await claimOne())])
      await bench.wind(1_000_000)
      expect(await claim()).toEqual([])
      expect(await store.get('msg_1')).toMatchObject({
        state: 'delivered',
        failures: 0,
        attempts: [{ durationMs: 5, status: 200, answer: 'ok' }],
      })
    })

    it('lends a failed delivery again when its next attempt is due, and counts the failures', async () => {
      await store.add([newDelivery('msg_1')])
      const failed = { at: bench.now(), durationMs: 3, error: 'https://crm.example: it refuses connections' }
      await store.settle([
        settlement(await claimOne(), { state: 'pending', dueAt: bench.now() + 5_000, attempt: failed }),
      ])
      expect(await claim()).toEqual([])
      await bench.wind(5_001)
      expect((await claimOne()).failures).toBe(1)
      expect((await store.get('msg_1'))?.attempts).toEqual([failed])
    })

    it('takes a delivery back untried without counting it', async () => {
      await store.add([newDelivery('msg_1')])
      const { attempt: _, ...untried } = settlement(await claimOne(), { state: 'pending', dueAt: bench.now() })
      await store.settle([untried])
      expect((await claimOne()).failures).toBe(0)
      expect((await store.get('msg_1'))?.attempts).toEqual([])
    })

    it('logs the attempt of a lease that has passed on, and leaves the rest to its new holder', async () => {
      await store.add([newDelivery('msg_1')])
      const late = await claimOne()
      await bench.wind(31_000)
      const holder = await claimOne()
      await store.settle([settlement(late, { state: 'pending', dueAt: bench.now() })])
      expect(await claim()).toEqual([])
      expect(await store.get('msg_1')).toMatchObject({ state: 'pending', attempts: [{ status: 200 }] })
      await store.settle([settlement(holder)])
      expect(await store.get('msg_1')).toMatchObject({ state: 'delivered' })
    })

    it('believes a late success', async () => {
      await store.add([newDelivery('msg_1')])
      const late = await claimOne()
      await bench.wind(31_000)
      await claimOne()
      await store.settle([settlement(late)])
      await bench.wind(31_000)
      expect(await claim()).toEqual([])
      expect(await store.get('msg_1')).toMatchObject({ state: 'delivered' })
    })

    it('settles and lends many at once', async () => {
      await store.add(Array.from({ length: 200 }, (_, index) => newDelivery(`msg_${index}`)))
      const claimed = await claim(200)
      await store.settle(claimed.map(one => settlement(one)))
      expect(await store.count({ state: 'delivered' })).toBe(200)
    })

    describe('the log', () => {
      beforeEach(async () => {
        for (const [index, id] of ['msg_a', 'msg_b', 'msg_c', 'msg_d'].entries()) {
          const message = messageOf(id)
          message.userId = index === 3 ? null : `user_${index % 2}`
          message.events = [{ name: index < 2 ? 'tour_completed' : 'banner_seen', id: 'welcome' }]
          await store.add([newDelivery(id, { message, webhook: index === 2 ? 'other' : 'crm' })])
          await bench.wind(1_000)
        }
      })
      const ids = async (filter: Parameters<Store['list']>[0]) =>
        (await store.list(filter, { limit: 10 })).deliveries.map(({ id }) => id)

      it('lists the newest first', async () => {
        expect(await ids({})).toEqual(['msg_d', 'msg_c', 'msg_b', 'msg_a'])
      })

      it('filters by webhook, event, user, state and time, and counts alike', async () => {
        expect(await ids({ webhook: 'other' })).toEqual(['msg_c'])
        expect(await ids({ event: 'tour_completed' })).toEqual(['msg_b', 'msg_a'])
        expect(await ids({ userId: 'user_0' })).toEqual(['msg_c', 'msg_a'])
        expect(await ids({ userId: 'user_0', webhook: 'crm' })).toEqual(['msg_a'])
        expect(await ids({ state: 'delivered' })).toEqual([])
        const { createdAt } = (await store.get('msg_b')) ?? { createdAt: 0 }
        expect(await ids({ since: createdAt })).toEqual(['msg_d', 'msg_c', 'msg_b'])
        expect(await ids({ until: createdAt })).toEqual(['msg_a'])
        expect(await store.count({ since: createdAt, webhook: 'crm' })).toBe(2)
      })

      it('goes on where a page ended', async () => {
        const [last] = (await store.list({}, { limit: 2 })).deliveries.slice(-1)
        if (!last) throw new Error('no page')
        const { deliveries: next } = await store.list({}, { limit: 2, before: last })
        expect(next.map(({ id }) => id)).toEqual(['msg_b', 'msg_a'])
      })

      it('knows nothing of what never was', async () => {
        for (const id of ['msg_x', 'msg_\0', '\ud83d']) {
          expect(await store.get(id)).toBeUndefined()
          expect(await store.requeue({ id }, bench.now())).toBe(0)
        }
      })

      it('finds a user, or an event, among many, and what is before a page', async () => {
        const message = (id: string, userId: string) => ({ ...messageOf(id), userId })
        const many = Array.from({ length: 120 }, (_, index) => `msg_many_${String(index).padStart(3, '0')}`)
        await store.add(
          many.map((id, index) => newDelivery(id, { message: message(id, `user_${index % 40}`) })),
        )
        const pages: string[][] = []
        let before: Awaited<ReturnType<Store['list']>>['searchedTo']
        do {
          const { deliveries, searchedTo } = await store.list(
            { userId: 'user_7', webhook: 'crm' },
            { limit: 2, before },
          )
          pages.push(deliveries.map(({ id }) => id))
          before = deliveries.length === 2 ? deliveries[1] : searchedTo
        } while (before)
        expect(pages).toEqual([['msg_many_087', 'msg_many_047'], ['msg_many_007']])
        expect(await ids({ userId: 'user_7', state: 'pending', event: 'tour_completed' })).toHaveLength(3)
        expect(await ids({ event: 'user_created' })).toEqual([])
        expect(await ids({ event: 'banner_seen', state: 'pending' })).toEqual(['msg_d', 'msg_c'])
      })

      it('lists an event that a message names among others, or twice', async () => {
        const events = ['tour_completed', 'user_created', 'tour_completed'].map(name => ({ name, id: 'x' }))
        const message = { ...messageOf('msg_e'), events: events as NewDelivery['message']['events'] }
        await store.add([newDelivery('msg_e', { message })])
        expect(await ids({ event: 'user_created' })).toEqual(['msg_e'])
        expect(await ids({ event: 'tour_completed' })).toEqual(['msg_e', 'msg_b', 'msg_a'])
      })
    })

    describe('sending again', () => {
      it('makes a settled delivery due, under its id, from the start of the schedule', async () => {
        await store.add([newDelivery('msg_1')])
        await store.settle([settlement(await claimOne(), { state: 'failed' })])
        expect(await store.requeue({ id: 'msg_1' }, bench.now())).toBe(1)
        expect(await claimOne()).toMatchObject({ id: 'msg_1', failures: 0 })
        expect((await store.get('msg_1'))?.attempts).toHaveLength(1)
      })

      it('makes a waiting delivery due at once', async () => {
        await store.add([newDelivery('msg_1', { dueInMs: 60_000 })])
        expect(await store.requeue({ id: 'msg_1' }, bench.now())).toBe(1)
        expect(await claim()).toHaveLength(1)
      })

      it('leaves alone what is being tried', async () => {
        await store.add([newDelivery('msg_1')])
        await claimOne()
        expect(await store.requeue({ id: 'msg_1' }, bench.now())).toBe(0)
        expect(await claim()).toEqual([])
      })

      it('does not send again what waited when it was found, and arrives before it is its turn', async () => {
        await store.add([newDelivery('msg_1'), newDelivery('msg_2', { dueInMs: 60_000 })])
        const lent = await claimOne()
        const requeued = store.requeue({ webhook: 'crm', state: 'pending' }, bench.now())
        const settled = store.settle([settlement(lent)])
        expect(await requeued).toBe(1)
        await settled
        expect(await store.get('msg_1')).toMatchObject({ state: 'delivered' })
        expect(await claim()).toMatchObject([{ id: 'msg_2' }])
      })

      it('sends what failed again once, though two ask for it at once', async () => {
        await store.add([newDelivery('msg_1'), newDelivery('msg_2')])
        await store.settle((await claim()).map(one => settlement(one, { state: 'failed' })))
        const failed = { webhook: 'crm', state: 'failed' } as const
        const counts = await Promise.all([1, 2].map(() => store.requeue(failed, bench.now())))
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(2)
      })

      it("sends nothing of a user's again who is forgotten at the same time", async () => {
        await store.add([newDelivery('msg_1', { message: { ...messageOf('msg_1'), userId: '1' } })])
        await store.settle([settlement(await claimOne(), { state: 'failed' })])
        await Promise.all([store.forget('1'), store.requeue({ userId: '1' }, bench.now())])
        expect(await claim()).toEqual([])
      })

      it("replays what a webhook's log holds of a span of time", async () => {
        await store.add([newDelivery('msg_early')])
        await bench.wind(10_000)
        const since = bench.now()
        await store.add([
          newDelivery('msg_1'),
          newDelivery('msg_2'),
          newDelivery('msg_other', { webhook: 'other' }),
        ])
        await store.settle((await claim()).map(one => settlement(one)))
        expect(await store.requeue({ webhook: 'crm', since }, bench.now())).toBe(2)
        expect((await claim()).map(({ id }) => id).sort()).toEqual(['msg_1', 'msg_2'])
      })

      it('hurries what waits, and leaves alone what is being tried', async () => {
        await store.add([newDelivery('msg_1'), newDelivery('msg_2', { dueInMs: 600_000 })])
        await claimOne()
        expect(await store.requeue({ webhook: 'crm', state: 'pending' }, bench.now())).toBe(1)
        expect(await claim()).toMatchObject([{ id: 'msg_2' }])
      })

      it('takes however many, in slices, and says how far it has come', async () => {
        await store.add(
          Array.from({ length: 2500 }, (_, index) => newDelivery(`msg_${index}`, { dueInMs: 60_000 })),
        )
        const heard: number[] = []
        const onProgress = (count: number) => heard.push(count)
        expect(await store.requeue({ webhook: 'crm' }, bench.now(), { most: 1200, onProgress })).toBe(1200)
        expect(heard.at(-1)).toBe(1200)
        expect(await claim(5000)).toHaveLength(1200)
      })

      it('goes on where it was, leaves out what it is told to, and says up to where it came', async () => {
        for (const index of [0, 1, 2, 3, 4]) {
          const webhook = index % 2 === 0 ? 'crm' : 'other'
          await store.add([newDelivery(`msg_${index}`, { webhook, dueInMs: 60_000 })])
          await bench.wind(1000)
        }
        let place: Cursor | undefined
        const onProgress = (_: number, reached: Cursor) => {
          place = reached
        }
        const only = (webhook: string) => webhook === 'crm'
        expect(await store.requeue({}, bench.now(), { most: 1, only, onProgress })).toBe(1)
        expect(place).toMatchObject({ id: 'msg_4', webhook: 'crm' })
        const rest = await store.requeue({}, bench.now(), { most: 5, only, before: place, onProgress })
        expect({ rest, place: place?.id }).toMatchObject({ rest: 2 })
        expect((await claim()).map(({ id }) => id).sort()).toEqual(['msg_0', 'msg_2', 'msg_4'])
        expect(await claim(10, 'other')).toEqual([])
      })

      it('counts no further than it is told to', async () => {
        await store.add([1, 2, 3].map(n => newDelivery(`msg_${n}`)))
        expect(await store.count({ webhook: 'crm' }, { most: 2 })).toBe(2)
        expect(await store.count({ state: 'pending' }, { most: 9 })).toBe(3)
      })

      it('cancels what waits, by filter, with a reason', async () => {
        await store.add([
          newDelivery('msg_1'),
          newDelivery('msg_2'),
          newDelivery('msg_3', { webhook: 'other' }),
        ])
        const lent = await claimOne()
        expect(await store.cancel({ webhook: 'crm' })).toBe(2)
        expect(await claim()).toEqual([])
        expect(await store.get('msg_2')).toMatchObject({ state: 'failed', reason: 'canceled' })
        await store.settle([settlement(lent, { state: 'pending', dueAt: bench.now() })])
        expect(await store.get(lent.id)).toMatchObject({ state: 'failed' })
        expect(await store.cancel({ webhook: 'crm' })).toBe(0)
        expect(await store.requeue({ id: 'msg_2' }, bench.now())).toBe(1)
        expect((await store.get('msg_2'))?.reason).toBeUndefined()
      })
    })

    it('forgets what is old: what is settled or waits for no active webhook, never what still waits', async () => {
      await store.add([newDelivery('msg_done')])
      await store.settle([settlement(await claimOne())])
      await store.add([
        newDelivery('msg_waits', { dueInMs: 5_000 }),
        newDelivery('msg_paused', { webhook: 'paused' }),
      ])
      await bench.wind(10_000)
      await store.add([newDelivery('msg_new')])
      expect(await store.prune({ before: bench.now(), active: ['crm'] })).toBe(2)
      const { deliveries: left } = await store.list({}, { limit: 10 })
      expect(left.map(({ id }) => id)).toEqual(['msg_new', 'msg_waits'])
      expect(await claim(10, 'paused')).toEqual([])
    })

    it('forgets however much is old', async () => {
      await store.add(Array.from({ length: 2500 }, (_, index) => newDelivery(`msg_${index}`)))
      await bench.wind(10_000)
      expect(await store.prune({ before: bench.now(), active: [] })).toBe(2500)
      expect(await store.count({})).toBe(0)
    })

    describe('webhooks', () => {
      it('keeps records and what they are changed to', async () => {
        expect(await store.changeWebhook('crm', record => ({ ...record, failingSince: 5 }))).toEqual({
          id: 'crm',
          failingSince: 5,
        })
        await store.changeWebhook('crm', record => ({ ...record, secrets: [{ secret: 'whsec_a' }] }))
        expect(await store.webhooks()).toEqual([
          { id: 'crm', failingSince: 5, secrets: [{ secret: 'whsec_a' }] },
        ])
      })

      it('loses none of several changes at once', async () => {
        const add = (until: number) =>
          store.changeWebhook('crm', ({ secrets = [], ...record }) => ({
            ...record,
            secrets: [...secrets, { secret: 's', until }],
          }))
        await Promise.all([1, 2, 3, 4, 5].map(add))
        expect((await store.webhooks())[0]?.secrets).toHaveLength(5)
      })

      it('sends nothing more to one that is removed', async () => {
        await store.changeWebhook('crm', record => record)
        await store.add([newDelivery('msg_1')])
        await store.removeWebhook('crm')
        expect(await store.webhooks()).toEqual([])
        expect(await claim()).toEqual([])
        expect(await store.get('msg_1')).toMatchObject({ state: 'failed', reason: 'its webhook was removed' })
      })

      it('says whether a record has changed', async () => {
        const before = await store.webhooksRevision()
        expect(await store.webhooksRevision()).toBe(before)
        await store.changeWebhook('crm', record => record)
        const changed = await store.webhooksRevision()
        expect(changed).not.toBe(before)
        await store.removeWebhook('crm')
        expect(await store.webhooksRevision()).not.toBe(changed)
      })
    })

    describe('a delivery that is lent while its webhook is removed', () => {
      let lent: Claimed

      beforeEach(async () => {
        await store.changeWebhook('crm', record => record)
        await store.add([newDelivery('msg_1')])
        lent = await claimOne()
        await store.removeWebhook('crm')
      })

      it('does not come back when its attempt fails', async () => {
        await store.settle([settlement(lent, { state: 'pending', dueAt: bench.now() })])
        expect(await store.get('msg_1')).toMatchObject({ state: 'failed', attempts: [{ status: 200 }] })
        await bench.wind(31_000)
        expect(await claim()).toEqual([])
      })

      it('does not come back when it is given back untried', async () => {
        const { attempt: _, ...untried } = settlement(lent, { state: 'pending', dueAt: bench.now() })
        await store.settle([untried])
        expect(await store.get('msg_1')).toMatchObject({ state: 'failed' })
        await bench.wind(31_000)
        expect(await claim()).toEqual([])
      })

      it('counts as delivered when its attempt succeeds', async () => {
        await store.settle([settlement(lent)])
        expect(await store.get('msg_1')).toMatchObject({ state: 'delivered' })
      })
    })

    describe('bookkeeping', () => {
      const apply = (once: string, value: string, deliveries: NewDelivery[] = []) =>
        store.apply({ once, key: 'user:1', at: bench.now(), change: () => ({ value, deliveries }) })

      it('changes a value and queues what follows, together', async () => {
        expect(await store.read('user:1')).toBeUndefined()
        expect(await apply('msg_a', 'first', [newDelivery('msg_1')])).toBe(true)
        expect(await store.read('user:1')).toBe('first')
        expect(await claim()).toHaveLength(1)
      })

      it('applies the same change once', async () => {
        const results = await Promise.all([
          apply('msg_a', 'first'),
          apply('msg_a', 'first'),
          apply('msg_a', 'first'),
        ])
        expect(results.filter(applied => applied)).toHaveLength(1)
        expect(await apply('msg_a', 'again')).toBe(false)
        expect(await store.read('user:1')).toBe('first')
      })

      it('loses none of several changes at once', async () => {
        const count = (once: string) =>
          store.apply({
            once,
            key: 'count',
            at: bench.now(),
            change: (value = 0) => ({ value: Number(value) + 1, deliveries: [] }),
          })
        await Promise.all(Array.from({ length: 20 }, (_, index) => count(`msg_${index}`)))
        expect(await store.read('count')).toBe(20)
      })

      it('keeps nothing of a change that throws, nor harms its neighbours', async () => {
        const broken = store.apply({
          once: 'msg_a',
          key: 'user:1',
          at: bench.now(),
          change: () => {
            throw new Error('a bug')
          },
        })
        const [first, second] = await Promise.allSettled([broken, apply('msg_b', 'fine')])
        expect(first).toMatchObject({ status: 'rejected', reason: { message: 'a bug' } })
        expect(second).toMatchObject({ status: 'fulfilled', value: true })
        expect(await apply('msg_a', 'repaired')).toBe(true)
      })

      it('forgets users who have not been seen for long', async () => {
        await apply('msg_a', 'first')
        await store.apply({
          once: 'msg_b',
          key: 'user:2',
          at: bench.now() + 20_000,
          change: () => ({ value: 'b', deliveries: [] }),
        })
        await bench.wind(10_000)
        await store.prune({ before: bench.now() + 30_000, usersBefore: bench.now(), active: [] })
        expect(await store.read('user:1')).toBeUndefined()
        expect(await store.read('user:2')).toBe('b')
      })

      it('keeps no more about users than it may, and takes more once some are forgotten', async () => {
        await store.close()
        store = await bench.create({ mostStateBytes: 50 })
        await apply('msg_a', 'x'.repeat(40))
        const more = () =>
          store.apply({
            once: 'msg_b',
            key: 'user:2',
            at: bench.now(),
            change: () => ({ value: 'y'.repeat(40), deliveries: [] }),
          })
        await expect(more()).rejects.toThrow('mostStateBytes')
        await apply('msg_c', 'shorter')
        await store.forget('1')
        await store.prune({ before: 0, active: [] })
        expect(await more()).toBe(true)
      })

      it('erases a user: what is kept of them, and what their messages said', async () => {
        const secret = 'ada@example.com'
        const message = (id: string) => ({ ...messageOf(id), userId: '1', data: { email: secret } })
        await apply('msg_a', secret, [
          newDelivery('msg_1', { message: message('msg_1'), content: secret }),
          newDelivery('msg_2', { message: message('msg_2') }),
          newDelivery('msg_3'),
        ])
        const lent = await claimOne()
        await store.settle([
          settlement(lent, { attempt: { at: bench.now(), durationMs: 1, status: 200, answer: secret } }),
        ])
        expect(await store.forget('1')).toBe(2)
        expect(await store.read('user:1')).toBeUndefined()
        const { deliveries } = await store.list({}, { limit: 10 })
        expect(JSON.stringify(deliveries)).not.toContain(secret)
        expect(deliveries.filter(({ message }) => message.userId === '1')).toEqual([])
        expect(await store.get(lent.id)).toMatchObject({ state: 'delivered', attempts: [{ status: 200 }] })
        expect(await claim()).toMatchObject([{ id: 'msg_3', message: { userId: 'user_123' } }])
        expect(await store.count({ state: 'failed' })).toBe(1)
      })

      it('keeps the attempt that is logged while it erases the user', async () => {
        await store.add([newDelivery('msg_1', { message: { ...messageOf('msg_1'), userId: '1' } })])
        const lent = await claimOne()
        const forgotten = store.forget('1')
        await Promise.all([forgotten, store.settle([settlement(lent)])])
        const { attempts, message } = (await store.get('msg_1')) ?? {}
        expect({ attempts: attempts?.length, userId: message?.userId }).toEqual({ attempts: 1, userId: null })
      })

      it('keeps nothing of what is answered once the user is forgotten', async () => {
        const secret = 'ada@example.com'
        await store.add([newDelivery('msg_1', { message: { ...messageOf('msg_1'), userId: '1' } })])
        const lent = await claimOne()
        await store.forget('1')
        const attempt = { at: bench.now(), durationMs: 1, status: 200, answer: secret }
        await store.settle([settlement(lent, { attempt })])
        const { attempts } = (await store.get('msg_1')) ?? {}
        expect(attempts).toEqual([{ at: attempt.at, durationMs: 1, status: 200 }])
      })

      it('forgets with time which changes it has seen', async () => {
        await apply('msg_a', 'first')
        await bench.wind(10_000)
        await store.prune({ before: bench.now(), active: [] })
        expect(await apply('msg_a', 'again')).toBe(true)
      })
    })
  })
}

function messageOf(id: string): NewDelivery['message'] {
  return {
    id,
    timestamp: '2026-11-23T09:00:00.000Z',
    name: 'CRM lead',
    userId: 'user_123',
    events: [{ name: 'tour_completed', id: 'welcome' }],
    data: { plan: 'pro', name: 'Zoë "Z" O’Neil \\ 🎉' },
  }
}
