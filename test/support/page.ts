import { afterEach, beforeEach, vi } from 'vitest'
import type { Config } from '../../src/schema/config.ts'
import type { Tour } from '../../src/schema/tour.ts'
import type { Trigger } from '../../src/schema/triggers.ts'
import type { Webhook } from '../../src/schema/webhook.ts'
import { createTourhook, type Tourhook, type TourhookEvents, type TourhookOptions } from '../../src/tourhook.ts'
import { createPageFetch, type PageFetch } from './page-fetch.ts'
import { createReceiver, type Receiver } from './receiver.ts'

type EventName = keyof TourhookEvents

/** What a Tourhook has announced, by the event's name. */
export type Heard = { [Name in EventName]: TourhookEvents[Name][] }

export interface Opened {
  tourhook: Tourhook
  heard: Heard
}

export interface Page {
  readonly receiver: Receiver
  readonly fetch: PageFetch
  /** Opens a Tourhook, as a page load does. */
  open(config: Config, options?: TourhookOptions): Opened
  /** Winds the clock, from timer to timer, until it is so; every request gets its answer in between. */
  windUntil(isSo: () => boolean, what?: string): Promise<void>
  /** Winds the clock by this much, every request getting its answer in between. */
  wind(ms: number): Promise<void>
  setOnline(online: boolean): void
}

/** A page for each test: a receiver, a clock that stands still, empty storage, and no Tourhook left running. */
export function createPage(): Page {
  const tourhooks: Tourhook[] = []
  let receiver: Receiver
  let fetch: PageFetch

  beforeEach(async () => {
    receiver = await createReceiver()
    fetch = createPageFetch()
    vi.stubGlobal('fetch', fetch)
    vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'],
      now: new Date('2026-11-23T09:00:00Z'),
    })
    vi.spyOn(console, 'warn').mockReturnValue()
  })

  afterEach(async () => {
    for (const tourhook of tourhooks.splice(0)) tourhook.destroy()
    await receiver.close()
    await fetch.idle()
    vi.useRealTimers()
    vi.restoreAllMocks()
    vi.unstubAllGlobals()
    localStorage.clear()
    sessionStorage.clear()
    document.body.replaceChildren()
  })

  return {
    get receiver() {
      return receiver
    },
    get fetch() {
      return fetch
    },
    open(config, options) {
      const tourhook = createTourhook(config, options)
      tourhooks.push(tourhook)
      return { tourhook, heard: hear(tourhook) }
    },
    async windUntil(isSo, what = String(isSo)) {
      for (let turn = 0; turn < 500; turn += 1) {
        await fetch.idle()
        if (isSo()) return
        await vi.advanceTimersToNextTimerAsync()
      }
      throw new Error(`it did not come to: ${what}`)
    },
    async wind(ms) {
      const end = Date.now() + ms
      await fetch.idle()
      while (Date.now() < end) {
        await vi.advanceTimersByTimeAsync(Math.min(1_000, end - Date.now()))
        await fetch.idle()
      }
    },
    setOnline(online) {
      fetch.setOnline(online)
      vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(online)
      window.dispatchEvent(new Event(online ? 'online' : 'offline'))
    },
  }
}

export function hear(tourhook: Tourhook): Heard {
  const heard: Heard = {
    started: [],
    step: [],
    completed: [],
    closed: [],
    queued: [],
    delivered: [],
    sent: [],
    retrying: [],
    failed: [],
    error: [],
  }
  const listen = <Name extends EventName>(name: Name) =>
    tourhook.on(name, event => void heard[name].push(event as never))
  for (const name of Object.keys(heard) as EventName[]) listen(name)
  return heard
}

/** A trigger that sends to the webhook `crm`. */
export function toCrm(data?: Trigger['data'], more: Partial<Trigger> = {}): Trigger {
  return { type: 'webhook', webhook: 'crm', ...(data && { data }), ...more }
}

/** A config with the webhook `crm` at this address. */
export function crmAt(url: string, webhook: Partial<Webhook> = {}, ...tours: Tour[]): Config {
  return { webhooks: [{ id: 'crm', url, ...webhook }], tours }
}
