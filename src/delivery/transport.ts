import type { Webhook } from '../schema/webhook.ts'
import type { InFlight } from './in-flight.ts'
import type { OutboxDelivery } from './outbox.ts'
import type { Outcome } from './outcome.ts'
import type { Page } from './page.ts'
import { type RemedyContext, remedyFor } from './remedy.ts'
import { type CompanionConnection, requestOf } from './request.ts'
import type { JsonStorage } from './storage.ts'
import { createTransportMemory, type TransportMode } from './transport-memory.ts'

export interface TransportOptions {
  webhooks: readonly Webhook[]
  companion: CompanionConnection
  storage: JsonStorage
  page: Page
  send: InFlight['send']
  onError(error: unknown): void
}

/**
 * Takes a delivery to its webhook by the first transport that works, and remembers that one.
 *
 * The first request is handed to the browser in the task of the call.
 *
 * @returns what has come of it; `undefined` when another page has it now.
 * @throws {TypeError} when there is no way: the webhook's URL, or the companion's, is unusable.
 */
export type Deliver = (delivery: OutboxDelivery) => Promise<Outcome | undefined>

/** Stands for the companion itself, to which activities are reported. */
const companionWebhook: Webhook = { id: '', transport: 'relay' }

/**
 * The transports to try, in this order; `known` is the one that worked before.
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
  // A GET arrives with or without CORS, so a second transport would only repeat it.
  if (method === 'GET') return ['simple']
  return known ? [known] : ['cors', 'simple']
}

export function createTransport({
  webhooks,
  companion,
  storage,
  page,
  send,
  onError,
}: TransportOptions): Deliver {
  const memory = createTransportMemory(storage)
  /** What is wrong with each webhook, so that it is reported once. */
  const reported = new Map<string, string | undefined>()

  return async delivery => {
    const webhook =
      delivery.webhook === null
        ? companion.server && companionWebhook
        : webhooks.find(({ id }) => id === delivery.webhook)
    // Another page may know it.
    if (!webhook) return { kind: 'retrying' }

    const known = memory.get(webhook)
    const transports = transportsFor(webhook, known)
    const context: RemedyContext = { webhook, origin: '', hasHung: false }
    for (const transport of transports) {
      const request = requestOf(delivery, webhook, transport, companion)
      const isKnown = (transport === webhook.transport || transport === known) && transport !== 'relay'
      context.origin = new URL(request.url, document.baseURI).origin
      const outcome = await send(delivery, request, isKnown)
      if (!outcome) return undefined
      const { reason } = outcome
      // A preflight that is never answered looks like an endpoint that is slow.
      const isHanging = reason === 'timeout' && transport !== transports[transports.length - 1]
      context.hasHung ||= isHanging
      if (isHanging || reason === 'unreachable') continue

      const isAnswer = outcome.kind === 'sent' || outcome.status !== undefined
      if (isAnswer && transport !== webhook.transport) memory.set(webhook, transport)
      report(outcome, context)
      return { ...outcome, transport }
    }

    const outcome = await unreached(context, transports.includes('simple'))
    report(outcome, context)
    return outcome
  }

  /** Why no transport has come through. */
  async function unreached(context: RemedyContext, mayHaveArrived: boolean): Promise<Outcome> {
    const { origin } = context
    context.directive = await page.blockedBy(origin)
    if (context.directive) return { kind: 'retrying', reason: 'blocked' }
    // A visitor in a tunnel is nobody's mistake.
    if (!navigator.onLine) return { kind: 'retrying', reason: 'offline' }
    return {
      kind: 'retrying',
      reason: mayHaveArrived && page.hidesAnswers(origin) ? 'unanswered' : 'unreachable',
    }
  }

  function report(outcome: Outcome, context: RemedyContext): void {
    const { id } = context.webhook
    const text = remedyFor(outcome, context)
    if (text && reported.get(id) !== text)
      onError(new Error(text, outcome.cause ? { cause: outcome.cause } : {}))
    reported.set(id, text)
  }
}
