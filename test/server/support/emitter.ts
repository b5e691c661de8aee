import { vi } from 'vitest'
import type { Webhook } from '../../../src/schema/webhook.ts'
import { createEmitter, type Emitter, type EmitterOptions } from '../../../src/server/emitter.ts'
import type { EmitterEvents } from '../../../src/server/events.ts'
import { handWoundClock } from './clock.ts'

export const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

/** A webhook that gets every completed tour. */
export function webhookTo(url: string, more: Partial<Webhook> = {}): Webhook {
  return { id: 'crm', name: 'CRM lead', url, events: ['tour_completed'], secret, ...more }
}

export const tourCompleted = { name: 'tour_completed', userId: 'user_123', id: 'welcome' } as const

/** An emitter that may call this machine, on a clock that a test winds. */
export function woundEmitter(options: EmitterOptions) {
  const clock = handWoundClock()
  const emitter = createEmitter({ allowNetworks: ['127.0.0.0/8'], clock, random: () => 0.5, ...options })
  return { clock, emitter }
}

/** What an emitter announces under a name; `reaches` resolves once that many came. */
export function heard<Name extends keyof EmitterEvents>(emitter: Emitter, name: Name) {
  const events: Parameters<EmitterEvents[Name]>[0][] = []
  emitter.on(name, ((event: Parameters<EmitterEvents[Name]>[0]) => events.push(event)) as EmitterEvents[Name])
  return {
    events,
    reaches: (count: number) =>
      vi.waitFor(
        () => {
          if (events.length < count) throw new Error(`"${name}" came ${events.length} of ${count} times`)
          return events
        },
        { timeout: 5000, interval: 5 },
      ),
  }
}
