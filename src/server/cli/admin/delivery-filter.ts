import type { DeliveryQuery } from '../../../admin/admin-deliveries.ts'
import { UsageError } from '../usage-error.ts'

/** What says which deliveries are meant. */
export const filterOptions = {
  webhook: { type: 'string' },
  state: { type: 'string' },
  event: { type: 'string' },
  user: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
} as const

export const filterHelp = `  --webhook ID     Of this webhook
  --state STATE    pending, delivered or failed
  --event NAME     That hold this event
  --user ID        About this user
  --since TIME     From then on: 2026-11-23T09:00:00Z, or 30m, 6h, 3d ago
  --until TIME     Up to then
`

const units: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 }

/**
 * The filter that the options say.
 *
 * @throws {UsageError} for a state or a time that is none.
 */
export function deliveryQueryOf(
  {
    webhook,
    state,
    event,
    user: userId,
    since,
    until,
  }: { [Name in keyof typeof filterOptions]?: string | undefined },
  now = Date.now(),
): DeliveryQuery {
  if (state !== undefined && !['pending', 'delivered', 'failed'].includes(state)) {
    throw new UsageError(`--state: expected pending, delivered or failed, got "${state}".`)
  }
  return {
    webhook,
    state: state as DeliveryQuery['state'],
    event: event as DeliveryQuery['event'],
    userId,
    since: timeOf('since', since, now),
    until: timeOf('until', until, now),
  }
}

function timeOf(option: string, text: string | undefined, now: number): Date | undefined {
  if (text === undefined) return undefined
  const [, count, unit = ''] = /^(\d+)([mhd])$/.exec(text) ?? []
  const time = new Date(count === undefined ? text : now - Number(count) * (units[unit] ?? 0))
  if (!Number.isNaN(time.getTime())) return time
  throw new UsageError(`--${option}: expected a time such as 2026-11-23T09:00:00Z or 6h, got "${text}".`)
}
