import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { type SqliteStoreOptions, sqliteStore } from '../../../src/server/stores/sqlite/sqlite.ts'
import type { NewDelivery, Store } from '../../../src/server/stores/store.ts'

const folder = mkdtempSync(join(tmpdir(), 'tourhook-faults-'))
const now = Date.UTC(2026, 10, 23, 9)
const open: Store[] = []

afterEach(async () => {
  for (const store of open.splice(0)) await store.close()
})
afterAll(() => rmSync(folder, { recursive: true }))

function newFile(): string {
  return join(folder, `${crypto.randomUUID()}.db`)
}

function create(path: string, options?: SqliteStoreOptions): Store {
  const store = sqliteStore(path, options)
  open.push(store)
  return store
}

function delivery(id: string, more: Partial<NewDelivery> = {}): NewDelivery {
  const message = { id, timestamp: '', name: 'CRM', userId: 'ada', events: [], data: { text: 'x'.repeat(500) } }
  return { id, webhook: 'crm', message, createdAt: now, dueAt: now, ...more }
}

function many(count: number, more?: Partial<NewDelivery>): NewDelivery[] {
  return Array.from({ length: count }, (_, index) => delivery(`msg_${index}`, more))
}

/** Another process's lock, as a backup's. */
function lock(path: string) {
  const other = new DatabaseSync(path)
  other.exec('BEGIN IMMEDIATE')
  return {
    release() {
      other.exec('COMMIT')
      other.close()
    },
  }
}

describe('while another process has locked the file', () => {
  it('the event loop goes on, reads are answered, and writes wait', async () => {
    const path = newFile()
    const store = create(path)
    const locked = lock(path)
    let isAdded = false
    const added = store.add([delivery('msg_1')]).then(result => {
      isAdded = true
      return result
    })
    for (let turn = 0; turn < 20; turn++) expect(await store.read('user:ada')).toBeUndefined()
    expect(isAdded).toBe(false)
    locked.release()
    expect(await added).toMatchObject({ queued: [{ id: 'msg_1' }] })
  })

  it('a write rejects when it lasts too long, and says why; the next succeeds', async () => {
    const path = newFile()
    const store = create(path, { lockTimeoutMs: 30 })
    const locked = lock(path)
    await expect(store.add([delivery('msg_1')])).rejects.toThrow('another process has locked it for too long')
    locked.release()
    expect(await store.add([delivery('msg_2')])).toMatchObject({ queued: [{ id: 'msg_2' }] })
    expect(await store.get('msg_1')).toBeUndefined()
  })

  it('a store closes all the same', async () => {
    const path = newFile()
    const store = sqliteStore(path, { lockTimeoutMs: 30 })
    const locked = lock(path)
    await store.close()
    locked.release()
  })
})

describe('the file', () => {
  it('is for its owner alone, and so are the files beside it', async () => {
    const path = newFile()
    await create(path).add([delivery('msg_1')])
    for (const file of [path, `${path}-wal`, `${path}-shm`]) expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('is warned about when others may read it', () => {
    const path = newFile()
    writeFileSync(path, '')
    chmodSync(path, 0o644)
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    create(path)
    expect(warn).toHaveBeenCalledWith(expect.stringContaining(`chmod 600 ${path}`))
    warn.mockRestore()
  })

  it('is missed when it is deleted: nothing more is acknowledged, read or claimed', async () => {
    const path = newFile()
    const store = create(path)
    await store.add([delivery('msg_1')])
    rmSync(path)
    await vi.waitFor(() => expect(store.read('health')).rejects.toThrow('was deleted or replaced'), {
      timeout: 4000,
    })
    await expect(store.add([delivery('msg_2')])).rejects.toThrow('was deleted or replaced')
    await expect(store.claim([{ webhook: 'crm', limit: 1 }], now)).rejects.toThrow('was deleted or replaced')
  })

  it('takes nothing more when it is full, says so, and goes on once there is room', async () => {
    const store = create(newFile(), { maxBytes: 400_000 })
    const kept: string[] = []
    const fill = async () => {
      for (let index = 0; index < 10_000; index++) {
        await store.add([delivery(`msg_${index}`)])
        kept.push(`msg_${index}`)
      }
    }
    await expect(fill()).rejects.toThrow('there is no room left')
    expect(await store.count({})).toBe(kept.length)
    expect(await store.read('health')).toBeUndefined()
    await store.prune({ before: now + 1, active: [] })
    expect(await store.add([delivery('msg_again')])).toMatchObject({ queued: [{ id: 'msg_again' }] })
  })
})

describe('what is long', () => {
  /** Counts what others get done meanwhile. */
  async function meanwhile(store: Store, work: Promise<unknown>): Promise<number> {
    let isOver = false
    void work.finally(() => {
      isOver = true
    })
    let others = 0
    while (!isOver) {
      await nextTurn()
      await store.read('user:ada')
      others += 1
    }
    await work
    return others
  }

  it.each([
    ['replays', (store: Store) => store.requeue({ webhook: 'crm' }, now)],
    ['cancels', (store: Store) => store.cancel({ webhook: 'crm' })],
    ['removes a webhook', (store: Store) => store.removeWebhook('crm')],
    ['forgets a user', (store: Store) => store.forget('ada')],
    ['forgets what is old', (store: Store) => store.prune({ before: now + 1, active: [] })],
  ])('%s a little at a time, while others have their turn', async (_, work) => {
    const store = create(newFile())
    await store.add(many(3000, { dueAt: now + 1000 }))
    expect(await meanwhile(store, work(store))).toBeGreaterThan(5)
  })

  it('leaves others their turn when many write at once', async () => {
    const store = create(newFile())
    const added = Promise.all(many(20_000).map(one => store.add([one])))
    expect(await meanwhile(store, added)).toBeGreaterThan(2)
    expect(await store.count({})).toBe(20_000)
  })
})

it('sends at once what was queued by a clock that was an hour ahead, after a restart', async () => {
  const path = newFile()
  const ahead = now + 60 * 60 * 1000
  const before = sqliteStore(path)
  await before.add([delivery('msg_1', { createdAt: ahead, dueAt: ahead })])
  await before.close()
  const store = create(path)
  expect(await store.dueWebhooks(now)).toEqual(['crm'])
  expect(await store.claim([{ webhook: 'crm', limit: 1 }], now)).toMatchObject([{ id: 'msg_1' }])
})
