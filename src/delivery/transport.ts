import type { Webhook } from '../schema/webhook.ts'
import type { Delivery } from './outbox.ts'
import { type Companion, companionRequest, webhookRequest } from './request.ts'
import type { Outcome, Send } from './send.ts'
import type { Way, WayMemory } from './ways.ts'

export interface TransportOptions {
  webhooks: readonly Webhook[]
  companion: Companion
  ways: WayMemory
  send: Send
  /** The directive of the page's Content-Security-Policy that has blocked this origin, if one has. */
  blockedBy(origin: string): Promise<string | undefined>
  onError(error: unknown): void
}

export interface TransferOptions {
  signal: AbortSignal
  /** A request is with the browser; `safe` when it may be left to it, since it goes on though the page goes. */
  onStart(safe: boolean): void
  onEnd(): void
}

export interface Transfer {
  outcome: Outcome
  way: Way
}

/**
 * Takes a delivery to its webhook by the first way that works, and remembers that way.
 *
 * The first request is handed to the browser in the task of the call.
 *
 * @throws {TypeError} when there is no way: the webhook's URL, or the companion's, is unusable.
 */
export type Transport = (delivery: Delivery, options: TransferOptions) => Promise<Transfer>

/** The ways to try, in this order; `known` is the one that worked before. */
export function waysOf({ transport = 'auto', method, headers, auth }: Webhook, known?: Way): Way[] {
  if (transport !== 'auto') return [transport]
  if (headers || auth) return ['cors']
  // A GET arrives with or without CORS, so a second way would only repeat it.
  if (method === 'GET') return ['simple']
  return known ? [known] : ['cors', 'simple']
}

export function createTransport(options: TransportOptions): Transport {
  const { webhooks, companion, ways, send, blockedBy, onError } = options

  return async (delivery, { signal, onStart, onEnd }) => {
    if (delivery.webhook === null) {
      const request = companionRequest(companion, 'events', delivery.message)
      const outcome = await send(request, {
        signal,
        retryUnreachable: true,
        onStart: () => onStart(false),
        onEnd,
      })
      return { outcome, way: 'relay' }
    }

    const webhook = webhooks.find(({ id }) => id === delivery.webhook)
    // The config of another page may know it.
    if (!webhook) return { outcome: { kind: 'unavailable' }, way: 'cors' }

    const known = ways.get(webhook.id)
    const candidates = waysOf(webhook, known)
    for (const way of candidates) {
      const isSafe = way !== 'relay' && (way === webhook.transport || way === known)
      let tries = 0
      const outcome = await send(webhookRequest(delivery, webhook, way, companion), {
        signal,
        // What CORS calls unreachable may have arrived; by the other ways it has not.
        retryUnreachable: way !== 'cors',
        onStart(keepalive) {
          tries += 1
          onStart(keepalive && isSafe)
        },
        onEnd,
      })
      if (outcome.kind === 'unreachable' && !signal.aborted) continue
      // A simple request that got through late tells nothing of CORS: the network was down before.
      if (way === 'cors' || tries === 1) ways.set(webhook.id, way)
      return { outcome, way }
    }
    ways.set(webhook.id, undefined)
    onError(await unreachable(webhook))
    return { outcome: { kind: 'unreachable' }, way: candidates[0] ?? 'cors' }
  }

  async function unreachable({ id, transport, url, headers, auth }: Webhook): Promise<Error> {
    const { origin } = new URL((transport === 'relay' ? companion.server : url) ?? '', location.href)
    const directive = await blockedBy(origin)
    const reason = directive
      ? `is blocked by the page's Content-Security-Policy (${directive})`
      : `can't be reached${headers || auth ? '; without CORS, headers and auth need "transport": "relay"' : ''}`
    return new Error(`webhook "${id}": ${origin} ${reason}`)
  }
}
