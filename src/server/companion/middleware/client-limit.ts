import type { Clock } from '../../clock.ts'
import { clientOf } from './client-address.ts'
import { createTokenBuckets, type Rate } from './token-bucket.ts'

/**
 * The networks that an address is counted with, and how many single clients' worth each is granted: a provider hands
 * out a /64, a /56 or a /48 (RFC 6177), so that one machine may have 65,536 of the first.
 */
const networks = [
  { prefix: 64, clients: 1 },
  { prefix: 56, clients: 4 },
  { prefix: 48, clients: 16 },
] as const

/** How much each client may take, counted with the networks that it is in. */
export interface ClientLimit {
  /** How many milliseconds until so many tokens are there; 0 when they are. */
  waitMs(address: string, tokens?: number): number
  take(address: string, tokens?: number): void
  /** Whether nothing has come lately from this address, nor from a network that it is in. */
  isNewcomer(address: string): boolean
}

/** Limits clients by address. */
export function createClientLimit(
  { perSecond, burst }: Rate,
  { clock }: { clock: Pick<Clock, 'elapsed'> },
): ClientLimit {
  const levels = networks.map(({ prefix, clients }) => ({
    prefix,
    buckets: createTokenBuckets({ perSecond: perSecond * clients, burst: burst * clients }, { clock }),
  }))

  return {
    waitMs: (address, tokens) =>
      Math.max(...levels.map(({ prefix, buckets }) => buckets.waitMs(clientOf(address, prefix), tokens))),
    take(address, tokens) {
      for (const { prefix, buckets } of levels) buckets.take(clientOf(address, prefix), tokens)
    },
    isNewcomer: address => levels.every(({ prefix, buckets }) => buckets.isFull(clientOf(address, prefix))),
  }
}
