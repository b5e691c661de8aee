import { headersOf } from '../../../message/body.ts'
import type { Config } from '../../../schema/config.ts'
import type { Webhook } from '../../../schema/webhook.ts'
import { systemClock } from '../../clock.ts'
import { pageWebhooks } from '../../companion/browser-config.ts'
import { createEgress, type Egress } from '../../egress/egress.ts'
import { type Probe, probeEndpoint } from '../../egress/probe.ts'

/** How a webhook's endpoint takes a page's requests. */
export interface Probed {
  webhook: string
  /** The origin of its URL. */
  endpoint: string
  /** Whether messages get there as the config stands. */
  works: boolean
  /** The transport to write; absent when the endpoint did not answer. */
  transport?: Probe['transport']
  /** What to do. */
  advice: string
  reason: string
}

/** Asks the endpoint of each webhook that pages send to by themselves, all at once. It posts nothing. */
export async function probeWebhooks(config: Config, { origin }: { origin: string }): Promise<Probed[]> {
  // The addresses stand in the author's own file, and pages in their own network may call them too.
  const egress = createEgress({ clock: systemClock, timeoutMs: 10_000, allowNetworks: ['0.0.0.0/0', '::/0'] })
  try {
    return await Promise.all(
      pageWebhooks(config).flatMap(webhook =>
        webhook.url ? probeWebhook(egress, webhook, webhook.url, origin) : [],
      ),
    )
  } finally {
    await egress.close()
  }
}

async function probeWebhook(egress: Egress, webhook: Webhook, url: string, origin: string): Promise<Probed> {
  const { id, method, transport: written = 'auto', secret } = webhook
  const about = { webhook: id, endpoint: new URL(url).origin }
  const headers = Object.keys(headersOf(webhook))

  if (written === 'relay') {
    return {
      ...about,
      works: true,
      transport: 'relay',
      advice: 'goes through the companion',
      reason: 'as written',
    }
  }
  if (secret !== undefined) {
    const reason = 'its secret must not reach a page, so the companion signs and sends'
    return { ...about, works: true, transport: 'relay', advice: write('relay'), reason }
  }
  if (method === 'GET' && headers.length === 0) {
    const reason = 'a GET without extra headers needs no permission'
    return { ...about, works: true, transport: 'simple', advice: write('simple'), reason }
  }
  try {
    const { transport, reason } = await probeEndpoint(egress, url, { origin, headers })
    // A simple request needs no permission, and "auto" finds its way to it.
    const works = written === transport || written === 'simple' || (written === 'auto' && transport !== 'relay')
    const advice = written === transport ? `"${written}" is right` : write(transport)
    return { ...about, works, transport, advice, reason }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { ...about, works: false, advice: 'no answer', reason }
  }
}

function write(transport: string): string {
  return `write "transport": "${transport}"`
}
