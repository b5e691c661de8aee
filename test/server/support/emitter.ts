import { vi } from 'vitest'
import { createEmitter, type Emitter, type EmitterOptions } from '../../../src/server/emitter/emitter.ts'
import type { EmitterEvents } from '../../../src/server/emitter/emitter-events.ts'
import { handWoundClock } from './clock.ts'

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
