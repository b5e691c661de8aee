import { createTourhook, type Tourhook } from 'tourhook'

/** A page with a tour of three steps that a library draws; the tests reach it as `window.fixture`. */
export interface Fixture {
  tourhook: Tourhook
  /** The library's own ways. */
  start(): void
  next(): void
  close(): void
  /** Takes a host's hooks that come after the adapter. */
  listenLate(): void
  /** The adapter's undo. */
  detach(): void
  /** Attaches the adapter anew. */
  attach?(): void
  /** What the host's own hooks have heard. */
  readonly heard: string[]
}

declare global {
  interface Window {
    fixture: Fixture
  }
}

export const targets = ['#one', '#two', '#three']

/** A Tourhook whose triggers post what has happened to the receiver of the page's `?receiver=`. */
export function createReportingTourhook(): Tourhook {
  const trigger = (what: string) => ({
    type: 'webhook' as const,
    webhook: 'report',
    data: { what: { value: what } },
    // Not only once a run: so that a step that is told twice shows.
    repeat: true,
  })
  return createTourhook({
    webhooks: [{ id: 'report', url: new URLSearchParams(location.search).get('receiver') ?? '' }],
    tours: [
      {
        id: 'welcome',
        triggers: [
          { on: 'started', trigger: trigger('started') },
          { on: 'step', step: 1, trigger: trigger('second step') },
          { on: 'step', step: 'two', trigger: trigger('step two') },
          { on: 'completed', trigger: trigger('completed') },
          { on: 'closed', trigger: trigger('closed') },
        ],
      },
    ],
  })
}
