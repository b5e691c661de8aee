import { operationalEventNames } from '../../schema/event.ts'
import type { Json } from '../../values/json.ts'
import type { Clock } from '../clock.ts'
import type { Emitter } from '../emitter/emitter.ts'
import type { OperationalEvent } from '../emitter/emitter-events.ts'
import { alertSettingsIn } from './alert-settings.ts'
import { digestOf } from './alert-words.ts'
import type { Mailer } from './mailer.ts'

export interface AlertDigestOptions {
  emitter: Pick<Emitter, 'on' | 'console' | 'webhooks'>
  mailer: Mailer
  clock: Clock
  onError: (error: unknown) => void
}

/** What waits to be sent, and when the last e-mail went. */
interface Digest {
  events: OperationalEvent[]
  /** How many came beyond those. */
  left: number
  sentAt: number
  /** Who sends it, and until when nobody else does. */
  holder?: string
  heldUntil?: number
}

const lookEveryMs = 60_000
/** What one outage causes comes within moments, and in one e-mail. */
const gatherMs = 60_000
const everyMs = 60 * 60 * 1000
const holdMs = 5 * 60 * 1000
/** The most events that one e-mail lists. */
const mostEvents = 200

/**
 * Reports operational events by e-mail: a minute after the first, then once an hour at the most.
 *
 * What is to be sent is kept in the store, so that it outlives the process; of several companions one sends it.
 */
export function startAlertDigest({ emitter, mailer, clock, onError }: AlertDigestOptions): void {
  const store = emitter.console
  const waiting: OperationalEvent[] = []
  let isKeeping = false
  const undos = operationalEventNames.map(name => emitter.on(name, add))
  let stopLooking = clock.after(lookEveryMs, look)
  emitter.on('closed', () => {
    stopLooking()
    for (const undo of undos) undo()
  })
  mailer.check().catch(onError)

  function look(): void {
    send().catch(onError)
    stopLooking = clock.after(lookEveryMs, look)
  }

  function add(event: OperationalEvent): void {
    waiting.push(event)
    if (!isKeeping) void keepAll().catch(onError)
  }

  /** Writes down what has come, and then what has come meanwhile: there may be hundreds in one outage. */
  async function keepAll(): Promise<void> {
    isKeeping = true
    try {
      while (waiting.length > 0) await keep(waiting.splice(0))
    } finally {
      isKeeping = false
    }
  }

  async function keep(some: readonly OperationalEvent[]): Promise<void> {
    const { addresses, events } = alertSettingsIn(await store.setting('alerts'))
    const wanted = some.filter(({ name }) => addresses.length > 0 && events.includes(name))
    if (wanted.length === 0) return
    await store.changeSetting('digest', kept => {
      const digest = digestIn(kept)
      const all = [...digest.events, ...wanted]
      const left = digest.left + Math.max(0, all.length - mostEvents)
      return asJson({ ...digest, events: all.slice(0, mostEvents), left })
    })
  }

  async function send(): Promise<void> {
    if (!isDue(digestIn(await store.setting('digest')))) return
    // One for each try: the one before may still be under way.
    const holder = crypto.randomUUID()
    const held = digestIn(
      await store.changeSetting('digest', kept => {
        const digest = digestIn(kept)
        return isDue(digest) ? asJson({ ...digest, holder, heldUntil: clock.now() + holdMs }) : undefined
      }),
    )
    if (held.holder !== holder) return
    const { addresses } = alertSettingsIn(await store.setting('alerts'))
    if (addresses.length > 0) {
      const names = new Map((await emitter.webhooks.list()).map(({ id, name }) => [id, name || id]))
      await mailer.send({
        to: addresses,
        ...digestOf(held.events, { ...held, nameOf: id => names.get(id) ?? id }),
      })
    }
    await store.changeSetting('digest', kept => {
      const digest = digestIn(kept)
      // What has come meanwhile is for the next one.
      const events = digest.events.slice(held.events.length)
      return asJson({ events, left: digest.left - held.left, sentAt: clock.now() })
    })
  }

  function isDue({ events, sentAt, heldUntil = 0 }: Digest): boolean {
    const now = clock.now()
    const [first] = events
    return first !== undefined && first.at + gatherMs <= now && sentAt + everyMs <= now && heldUntil <= now
  }
}

function digestIn(kept: Json | undefined): Digest {
  const digest = (kept ?? { events: [], left: 0, sentAt: 0 }) as unknown as Digest
  return digest
}

function asJson(digest: Digest): Json {
  return JSON.parse(JSON.stringify(digest))
}
