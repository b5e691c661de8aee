import type { Context } from 'hono'
import type { Clock } from '../../clock.ts'
import type { ClientAddress } from './client-address.ts'
import { createClientLimit } from './client-limit.ts'
import { tooManyRequests } from './rate-limit.ts'

export interface StateBudgetOptions {
  clientAddress: ClientAddress
  clock: Pick<Clock, 'elapsed'>
}

/** How many bytes each client may add to what is kept of users. */
export interface StateBudget {
  /** @throws {HttpError} 429 beyond it. */
  check(context: Context, bytes: number): void
  take(context: Context, bytes: number): void
}

/** Some 2,000 ordinary users at once, and two a second after that. */
const budget = { perSecond: 1_024, burst: 1_048_576 }

/** Limits what each client can have kept of users, who may be made up: what is kept stays for weeks. */
export function createStateBudget({ clientAddress, clock }: StateBudgetOptions): StateBudget {
  const clients = createClientLimit(budget, { clock })

  return {
    check({ req, env }, bytes) {
      const address = clientAddress(req.raw, env)
      const waitMs = address === undefined || bytes <= 0 ? 0 : clients.waitMs(address, bytes)
      if (waitMs > 0) throw tooManyRequests(waitMs)
    },
    take({ req, env }, bytes) {
      const address = clientAddress(req.raw, env)
      if (address !== undefined && bytes > 0) clients.take(address, bytes)
    },
  }
}
