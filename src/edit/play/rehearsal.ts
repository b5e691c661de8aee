import { createDryFetch } from '../../delivery/dry-fetch.ts'
import type { Tour } from '../../schema/tour.ts'
import type { Tourhook } from '../../tourhook.ts'
import type { KnownWebhook } from '../draft/draft-client.ts'
import type { EditorKit } from '../editor-kit.ts'

/** One line of what happens in a dry run. */
export interface RehearsalLine {
  text: string
  /** A message that would have been sent. */
  message?: unknown
}

export interface RehearsalOptions {
  kit: EditorKit
  tour: Tour
  webhooks: readonly KnownWebhook[]
  onLine(line: RehearsalLine): void
  onEnd(): void
}

/** Takes the whole tour as a visitor would, from its first step; each message is shown, and none is sent. Returns its end. */
export function rehearse({ kit, tour, webhooks, onLine, onEnd }: RehearsalOptions): () => void {
  function dryFetch(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
    const name = decodeURIComponent(new URL(String(input)).hash.slice(1))
    const show = (title: string, message: unknown) => onLine({ text: `It ${title}, “${name}”:`, message })
    return createDryFetch(show)(input, init)
  }
  const tourhook = kit.createTourhook(
    {
      // A page may know no more of an address than its origin; the name shows which webhook is meant.
      webhooks: webhooks.map(({ origin, ...webhook }) => ({
        ...webhook,
        url: `${origin}/#${encodeURIComponent(webhook.name ?? webhook.id)}`,
        transport: 'cors' as const,
      })),
      tours: [tour],
    },
    {
      renderer: kit.createRenderer(),
      tags: kit.tags,
      namespace: 'tourhook-dry',
      fetch: dryFetch,
    },
  )
  tourhook.on('started', () => onLine({ text: 'The tour starts.' }))
  tourhook.on('error', ({ error }) => onLine({ text: causesOf(error) }))
  for (const name of ['completed', 'closed'] as const) {
    tourhook.on(name, () => {
      onLine({ text: name === 'completed' ? 'The tour is completed.' : 'The tour was closed before its end.' })
      onEnd()
    })
  }
  tourhook.start(tour.id)
  return () => withoutTraces(tourhook)
}

/** The last dry run, or the one that goes on. */
export interface RehearsalState {
  isRunning(): boolean
  lines(): readonly RehearsalLine[]
  start(): void
  stop(): void
}

/** @param onChange Hears of each line, and of the end. */
export function createRehearsalState(
  optionsOf: () => Pick<RehearsalOptions, 'kit' | 'tour' | 'webhooks'>,
  onChange: () => void,
): RehearsalState {
  let lines: RehearsalLine[] = []
  let end: (() => void) | undefined

  function stop(): void {
    end?.()
    end = undefined
  }

  return {
    isRunning: () => end !== undefined,
    lines: () => lines,
    stop,
    start() {
      stop()
      lines = []
      end = rehearse({
        ...optionsOf(),
        onLine(line) {
          lines = [...lines, line]
          onChange()
        },
        // It still says that it is over.
        onEnd: () =>
          queueMicrotask(() => {
            stop()
            onChange()
          }),
      })
      onChange()
    },
  }
}

/** Ends a Tourhook that was for show, and takes away what it has kept. */
export function withoutTraces(tourhook: Tourhook): void {
  tourhook.consent(false)
  tourhook.destroy()
}

function causesOf(error: Error): string {
  const { message, cause } = error
  return cause instanceof Error ? `${message}: ${causesOf(cause)}` : message
}
