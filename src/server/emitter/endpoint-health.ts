import type { DisabledReason, WebhookRecord } from '../stores/store.ts'
import { toError } from '../to-error.ts'
import type { Registry } from '../webhooks/registry.ts'
import type { NextState, Tried } from './delivery-types.ts'
import type { Announcer } from './emitter-events.ts'
import { hasFailedTooLong, nextAttemptAt } from './retry-policy.ts'

/** Says what follows from an attempt: for the delivery, and for the webhook. */
export interface EndpointHealth {
  nextState: (tried: Tried) => NextState
  /** Announces what is in the log now, and disables a webhook that deserves it. */
  onSettled: (tried: Tried, verdict: NextState) => void
}

/** Makes the judge of an emitter's attempts. */
export function createEndpointHealth({
  registry,
  announce,
  schedule,
  now,
  random,
}: {
  registry: Registry
  announce: Announcer['announce']
  schedule: readonly number[]
  now: () => number
  random: () => number
}): EndpointHealth {
  const unsigned = new Set<string>()

  const change = (id: string, how: (record: WebhookRecord) => WebhookRecord) => {
    registry.change(id, how).catch(error => announce('error', toError(error)))
  }
  const disable = (webhook: string, reason: DisabledReason) => {
    change(webhook, record => ({ ...record, disabled: { at: now(), reason } }))
    announce('disabled', { webhook, reason })
  }

  return {
    nextState({ outcome, claimed }) {
      if (outcome.kind === 'delivered') return { state: 'delivered' }
      if (outcome.kind === 'gone') return { state: 'failed' }
      const { retryAfterMs } = outcome
      const dueAt = nextAttemptAt(schedule, claimed.failures + 1, { now: now(), random, retryAfterMs })
      return dueAt === undefined ? { state: 'failed' } : { state: 'pending', dueAt }
    },

    onSettled({ claimed: { id, webhook }, attempt, outcome }, { state }) {
      const event = { id, webhook, attempt }
      announce('attempt', event)
      if (state === 'delivered') announce('delivered', event)
      if (state === 'failed') announce('exhausted', event)

      const registered = registry.get(webhook)
      if (!registered) return
      if (!unsigned.has(webhook) && registry.secretsOf(registered).length === 0) {
        unsigned.add(webhook)
        announce('warning', {
          webhook,
          message: `The webhook "${webhook}" has no secret: its messages are not signed`,
        })
      }
      if (registered.disabled) return
      if (outcome.kind === 'gone') return disable(webhook, 'gone')
      const { failingSince } = registered
      if (outcome.kind === 'delivered') {
        if (failingSince !== undefined) change(webhook, ({ failingSince: _, ...record }) => record)
      } else if (failingSince === undefined) {
        change(webhook, record => ({ failingSince: attempt.at, ...record }))
      } else if (hasFailedTooLong(failingSince, now())) {
        disable(webhook, 'failing')
      }
    },
  }
}
