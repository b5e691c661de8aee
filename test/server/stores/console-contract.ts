import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BulkJob } from '../../../src/server/stores/bulk-job.ts'
import type { ConsoleDocument, ConsoleSession, ConsoleStore } from '../../../src/server/stores/console-store.ts'
import type { Store } from '../../../src/server/stores/store.ts'
import type { Json } from '../../../src/values/json.ts'

/** What every store keeps for the console; each is put to the same tests. */
export function describeConsoleStore(name: string, create: () => Promise<Store>) {
  describe(`${name} keeps what the console needs`, () => {
    let store: Store
    let kept: ConsoleStore

    beforeEach(async () => {
      store = await create()
      kept = store.console
    })
    afterEach(() => store.close())

    const odd = 'NUL \0, half a pair \ud83d, "quotes", \\u0000, é'
    const draftOf = (id: string, more: Partial<ConsoleDocument> = {}): ConsoleDocument => ({
      kind: 'tours',
      id,
      draft: { id, name: odd },
      rev: 1,
      by: 'Ada',
      at: 1,
      earlier: [],
      ...more,
    })
    const sessionOf = (hash: string, more: Partial<ConsoleSession> = {}): ConsoleSession => ({
      hash,
      kind: 'console',
      name: 'Ada',
      role: 'owner',
      createdAt: 1,
      until: 100,
      ...more,
    })
    const entry = (target: string, by = 'Ada') => ({
      at: 1,
      by,
      role: 'owner',
      via: 'console' as const,
      action: 'saved',
      target,
      details: { odd },
    })

    it('keeps a document by its kind and id, whatever these are, and removes it', async () => {
      expect(await kept.document('tours', odd)).toBeUndefined()
      await kept.changeDocument('tours', odd, before => {
        expect(before).toBeUndefined()
        return draftOf(odd, { earlier: [{ rev: 0, draft: null }] })
      })
      expect(await kept.document('tours', odd)).toEqual(draftOf(odd, { earlier: [{ rev: 0, draft: null }] }))
      expect(await kept.document('banners', odd)).toBeUndefined()
      expect(await kept.changeDocument('tours', odd, () => undefined)).toBeUndefined()
      expect(await kept.documents()).toEqual([])
    })

    it('lists documents by kind and id', async () => {
      for (const id of ['b', 'a', 'B']) await kept.changeDocument('tours', id, () => draftOf(id))
      await kept.changeDocument('banners', 'z', () => draftOf('z', { kind: 'banners' }))
      const listed = (await kept.documents()).map(({ kind, id }) => `${kind}/${id}`)
      expect(listed).toEqual(['banners/z', 'tours/B', 'tours/a', 'tours/b'])
    })

    it('loses none of many changes of one document at once', async () => {
      const count = (before: ConsoleDocument | undefined) => draftOf('a', { rev: (before?.rev ?? 0) + 1 })
      await Promise.all(Array.from({ length: 20 }, () => kept.changeDocument('tours', 'a', count)))
      expect(await kept.document('tours', 'a')).toMatchObject({ rev: 20 })
    })

    it('changes nothing when the change throws', async () => {
      await kept.changeDocument('tours', 'a', () => draftOf('a'))
      const refuse = () => {
        throw new TypeError('no')
      }
      await expect(kept.changeDocument('tours', 'a', refuse)).rejects.toThrow('no')
      expect(await kept.document('tours', 'a')).toEqual(draftOf('a'))
    })

    it('counts versions, keeps each whole, and lets of two at once only one be the next', async () => {
      expect(await kept.latestVersion()).toBe(0)
      const version = (number: number) => ({
        number,
        at: number,
        by: 'Ada',
        note: odd,
        config: { tours: [{ odd }] },
      })
      const added = await Promise.all([1, 1, 1].map(number => kept.addVersion(version(number))))
      expect(added.filter(Boolean)).toHaveLength(1)
      expect(await kept.addVersion(version(3))).toBe(false)
      expect(await kept.addVersion(version(2))).toBe(true)
      expect(await kept.latestVersion()).toBe(2)
      expect(await kept.version(2)).toEqual(version(2))
      expect(await kept.version(3)).toBeUndefined()
      const { config: _, ...heading } = version(1)
      expect(await kept.versions({ limit: 5, before: 2 })).toEqual([heading])
      expect((await kept.versions({ limit: 1 })).map(({ number }) => number)).toEqual([2])
    })

    it('keeps the newest 200 versions', async () => {
      for (let number = 1; number <= 202; number += 1) {
        await kept.addVersion({ number, at: number, by: 'Ada', note: '', config: {} })
      }
      const numbers = (await kept.versions({ limit: 500 })).map(({ number }) => number)
      expect([numbers.length, numbers.at(0), numbers.at(-1)]).toEqual([200, 202, 3])
      expect(await kept.latestVersion()).toBe(202)
    })

    it('adds to the audit and pages through it, of all or of one target', async () => {
      for (const target of ['tours/a', odd, 'tours/a']) await kept.addAudit(entry(target))
      const all = await kept.audit({ limit: 10 })
      expect(all.map(({ target }) => target)).toEqual(['tours/a', odd, 'tours/a'])
      expect(all[1]).toMatchObject(entry(odd))
      const [newest, second] = all
      expect(await kept.audit({ limit: 1, before: newest?.number })).toEqual([second])
      expect(await kept.audit({ limit: 10, target: odd })).toEqual([second])
    })

    it('keeps sessions until they end or are ended, and lets one of two redeem a code', async () => {
      await kept.addSession(sessionOf('a', { about: { tour: odd } }))
      await kept.addSession(sessionOf('b', { createdAt: 2, until: 200 }))
      expect(await kept.session('a')).toEqual(sessionOf('a', { about: { tour: odd } }))
      expect((await kept.sessions(50)).map(({ hash }) => hash)).toEqual(['b', 'a'])
      await kept.prolongSession('b', 300)
      expect((await kept.sessions(100)).map(({ hash, until }) => [hash, until])).toEqual([['b', 300]])
      expect(await kept.session('a')).toBeUndefined()
      // What has ended is not brought back.
      await kept.prolongSession('a', 500)
      expect(await kept.session('a')).toBeUndefined()
      await kept.addSession(sessionOf('page', { kind: 'page', about: { origin: 'https://a.example', odd } }))
      await kept.prolongSession('page', 400)
      expect(await kept.session('page')).toEqual(
        sessionOf('page', { kind: 'page', until: 400, about: { origin: 'https://a.example', odd } }),
      )
      const removed = await Promise.all(['b', 'b'].map(hash => kept.removeSession(hash)))
      expect(removed.filter(Boolean)).toHaveLength(1)
      expect(await kept.session('b')).toBeUndefined()
    })

    it('keeps settings, and loses none of many changes of one at once', async () => {
      expect(await kept.setting('sites')).toBeUndefined()
      expect(await kept.changeSetting('alerts', () => ({ [odd]: odd }))).toEqual({ [odd]: odd })
      const count = (value: Json | undefined) => Number(value ?? 0) + 1
      await Promise.all(Array.from({ length: 20 }, () => kept.changeSetting('sites', count)))
      expect(await kept.setting('sites')).toBe(20)
      expect(await kept.changeSetting('sites', () => undefined)).toBe(20)
      expect(await kept.setting('alerts')).toEqual({ [odd]: odd })
    })

    describe('jobs', () => {
      const jobOf = (id: string, more: Partial<BulkJob> = {}): BulkJob => ({
        id,
        kind: 'resend',
        filter: { webhook: odd, state: 'failed' },
        by: { by: odd, role: 'owner', via: 'console' },
        createdAt: 1,
        state: 'running',
        total: 5,
        done: 0,
        ...more,
      })

      it('are kept, changed and listed, the newest first', async () => {
        expect(await kept.jobs()).toEqual([])
        for (const id of ['a', 'b']) await kept.addJob(jobOf(id))
        const place = { createdAt: 1, id: odd, webhook: odd }
        expect(await kept.changeJob('a', job => ({ ...job, done: 3, place }))).toMatchObject({ done: 3 })
        expect(await kept.job('a')).toEqual(jobOf('a', { done: 3, place }))
        expect(await kept.jobs()).toEqual([jobOf('b'), jobOf('a', { done: 3, place })])
        expect(await kept.changeJob('b', () => undefined)).toEqual(jobOf('b'))
        expect(await kept.job(odd)).toBeUndefined()
        expect(await kept.changeJob(odd, job => job)).toBeUndefined()
      })

      it('can be claimed by one of two who try at once', async () => {
        await kept.addJob(jobOf('a'))
        const holders = ['Ada', 'Ben', 'Cleo']
        const claim = (holder: string) =>
          kept.changeJob('a', job => (job.lease ? undefined : { ...job, lease: { holder, until: 9 } }))
        const kepts = await Promise.all(holders.map(claim))
        expect(new Set(kepts.map(job => job?.lease?.holder)).size).toBe(1)
      })

      it('go, the oldest first, when there are more than a hundred', async () => {
        for (let number = 1; number <= 102; number += 1) await kept.addJob(jobOf(`${number}`))
        const ids = (await kept.jobs()).map(({ id }) => id)
        expect([ids.length, ids.at(0), ids.at(-1)]).toEqual([100, '102', '3'])
      })
    })
  })
}
