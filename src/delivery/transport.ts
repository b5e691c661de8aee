import type { Webhook } from '../schema/webhook.ts'
import type { Delivery } from './outbox.ts'
import type { Page } from './page.ts'
import { type Companion, requestOf } from './request.ts'
import { createSender, type Outcome } from './send.ts'
import type { JsonStorage } from './storage.ts'
import { rememberWays, type Way } from './ways.ts'

export interface TransportOptions {
  webhooks: readonly Webhook[]
  companion: Companion
  storage: JsonStorage
  page: Page
  /** Makes the requests; the page's own, if not given. */
  fetch?: typeof globalThis.fetch | undefined
  onError(error: unknown): void
}

export interface TransferOptions {
  signal: AbortSignal
  /**
   * A request is with the browser, its answer to come; `isSafe` when it may be left to the browser, since it goes
   * on though the page goes. Returns the answer to go by.
   */
  onFetch(answer: Promise<Response>, isSafe: boolean): Promise<Response>
}

/** How a delivery has fared, and by which way. */
export type Transfer = Exclude<Outcome, { kind: 'unreachable' }> & { way?: Way }

/**
 * Takes a delivery to its webhook by the first way that works, and remembers that way.
 *
 * The first request is handed to the browser in the task of the call.
 *
 * @throws {TypeError} when there is no way: the webhook's URL, or the companion's, is unusable.
 */
export type Transport = (delivery: Delivery, options: TransferOptions) => Promise<Transfer>

/** Stands for the companion itself, which is told what the visitor does. */
const companionWebhook: Webhook = { id: '', transport: 'relay' }

/** The ways to try, in this order; `known` is the one that worked before. */
export function waysOf({ transport = 'auto', method, headers, auth }: Webhook, known?: Way): Way[] {
  if (transport !== 'auto') return [transport]
  if (headers || auth) return ['cors']
  // A GET arrives with or without CORS, so a second way would only repeat it.
  if (method === 'GET') return ['simple']
  return known === 'simple' ? ['simple'] : ['cors', 'simple']
}

export function createTransport({
  webhooks,
  companion,
  storage,
  page,
  fetch,
  onError,
}: TransportOptions): Transport {
  const ways = rememberWays(storage)
  const send = createSender(fetch)

  return async (delivery, { signal, onFetch }) => {
    const webhook =
      delivery.webhook === null ? companionWebhook : webhooks.find(({ id }) => id === delivery.webhook)
    // The config of another page may know it.
    if (!webhook) return { kind: 'unavailable' }

    const { id, transport, headers, auth } = webhook
    const known = ways.get(id)
    let url = ''
    for (const way of waysOf(webhook, known)) {
      if (signal.aborted) break
      const request = requestOf(delivery, webhook, way, companion)
      url = request.url
      let tries = 0
      const outcome = await send(request, {
        signal,
        // What CORS calls unreachable may have arrived; by the other ways it has not.
        retryUnreachable: way !== 'cors',
        onFetch(answer, keepalive) {
          tries += 1
          return onFetch(answer, keepalive && way !== 'relay' && (way === transport || way === known))
        },
      })
      if (signal.aborted) return { kind: 'unavailable' }
      if (outcome.kind === 'unreachable') continue
      // A simple request that got through late tells nothing of CORS: the network was down before.
      if (way === 'cors' || tries === 1) ways.set(id, way)
      return { ...outcome, way }
    }
    ways.set(id, undefined)
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
