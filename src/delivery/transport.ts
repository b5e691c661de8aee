import type { Webhook } from '../schema/webhook.ts'
import type { OutboxDelivery } from './outbox.ts'
import type { SendOutcome } from './outcome.ts'
import type { Page } from './page.ts'
import { type CompanionConnection, requestOf } from './request.ts'
import { createSender } from './send.ts'
import type { JsonStorage } from './storage.ts'
import { createTransportMemory, type TransportMode } from './transport-memory.ts'

export interface TransportOptions {
  webhooks: readonly Webhook[]
  companion: CompanionConnection
  storage: JsonStorage
  page: Page
  /** Makes the requests; the page's own, if not given. */
  fetch?: typeof globalThis.fetch | undefined
  onError(error: unknown): void
}

export interface DeliverOptions {
  signal: AbortSignal
  /**
   * Hands the request to the browser; returns the answer to go by. When it is `isSafe`, it may be left to the
   * browser, since it goes on though the page goes.
   */
  onFetch(fetch: () => Promise<Response>, isSafe: boolean): Promise<Response>
}

/** How a delivery has fared, and by which way. */
export type DeliverOutcome = Exclude<SendOutcome, { kind: 'unreachable' }> & { way?: TransportMode }

/**
 * Takes a delivery to its webhook by the first way that works, and remembers that way.
 *
 * The first request is handed to the browser in the task of the call.
 *
 * @throws {TypeError} when there is no way: the webhook's URL, or the companion's, is unusable.
 */
export type Deliver = (delivery: OutboxDelivery, options: DeliverOptions) => Promise<DeliverOutcome>

/** Stands for the companion itself, which is told what the visitor does. */
const companionWebhook: Webhook = { id: '', transport: 'relay' }

/**
 * The ways to try, in this order; `known` is the one that worked before.
 *
 * It alone is tried then: a gateway that answers 503 without CORS headers looks as if CORS were gone, and a
 * simple request would take that 503 for a success.
 */
export function transportsFor(
  { transport = 'auto', method, headers, auth }: Webhook,
  known?: TransportMode,
): TransportMode[] {
  if (transport !== 'auto') return [transport]
  if (headers || auth) return ['cors']
  // A GET arrives with or without CORS, so a second way would only repeat it.
  if (method === 'GET') return ['simple']
  return known ? [known] : ['cors', 'simple']
}

export function createTransport({
  webhooks,
  companion,
  storage,
  page,
  fetch,
  onError,
}: TransportOptions): Deliver {
  const ways = createTransportMemory(storage)
  const send = createSender(fetch)

  return async (delivery, { signal, onFetch }) => {
    const webhook =
      delivery.webhook === null
        ? companion.server && companionWebhook
        : webhooks.find(({ id }) => id === delivery.webhook)
    // Another page may know it.
    if (!webhook) return { kind: 'unavailable' }

    const { transport, headers, auth } = webhook
    const known = ways.get(webhook)
    let url = ''
    for (const way of transportsFor(webhook, known)) {
      if (signal.aborted) break
      const request = requestOf(delivery, webhook, way, companion)
      url = request.url
      const isKnown = way === transport || way === known
      let isFirst = true
      const outcome = await send(request, {
        signal,
        // What CORS calls unreachable may have arrived; and once the network is back, CORS comes first again.
        retryUnreachable: isKnown && way !== 'cors',
        onFetch(fetch, keepalive) {
          // What has failed before may fail again.
          const isSafe = keepalive && isKnown && isFirst && way !== 'relay'
          isFirst = false
          return onFetch(fetch, isSafe)
        },
      })
      if (signal.aborted) return { kind: 'unavailable' }
      if (outcome.kind === 'unreachable') continue
      if (way !== transport) ways.set(webhook, way)
      return { ...outcome, way }
    }
    onError(await unreachable(url, headers || auth))
    return { kind: 'unavailable' }
  }

  async function unreachable(url: string, needsCors: unknown): Promise<Error> {
    const { origin } = new URL(url, location.href)
    const directive = await page.blockedBy(origin)
    const reason = directive ? `is blocked by the page's ${directive}` : 'is unreachable'
    return new Error(
      `${origin} ${reason}${needsCors ? '; headers and auth may need "transport": "relay"' : ''}`,
    )
  }
}
