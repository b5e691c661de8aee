import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Emitter } from '../emitter/emitter.ts'

/** The companion's counters, for Prometheus. */
export interface Metrics {
  /** Counts an answered request. */
  countRequest(labels: { route: string; status: number }): void
  /** The whole exposition; reads the queue's length from the store. */
  text(): Promise<string>
  /** The media type of the text. */
  contentType: string
}

/** Counts requests, and what the emitter announces, since the process began. */
export function createMetrics(emitter: Pick<Emitter, 'on' | 'deliveries'>): Metrics {
  // One of its own: several companions may live in a process.
  const registry = new Registry()
  const registers = [registry]

  function counter(name: string, help: string, ...labelNames: string[]): Counter {
    return new Counter({ name, help, labelNames, registers })
  }

  const requests = counter('tourhook_requests_total', 'Requests answered.', 'route', 'status')
  const attempts = counter('tourhook_attempts_total', 'Attempts at endpoints.', 'webhook', 'result')
  const settled = counter('tourhook_deliveries_total', 'Deliveries that came to an end.', 'webhook', 'state')
  const disabled = counter('tourhook_webhooks_disabled_total', 'Webhooks disabled.', 'webhook', 'reason')
  const durations = new Histogram({
    name: 'tourhook_attempt_duration_seconds',
    help: 'How long attempts took.',
    // Around what an endpoint takes, up to the time-out.
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
    registers,
  })
  const pending = new Gauge({
    name: 'tourhook_deliveries_pending',
    help: 'Deliveries still to be sent; absent while the store is down.',
    registers,
  })
  const storeUp = new Gauge({ name: 'tourhook_store_up', help: 'Whether the store answers.', registers })

  /** Asks the store what it alone knows. While it is down, what this process has counted is still shown. */
  async function readStore(): Promise<void> {
    try {
      pending.set(await emitter.deliveries.count({ state: 'pending' }))
      storeUp.set(1)
    } catch {
      // The gauge says so, which is what it is for.
      pending.remove()
      storeUp.set(0)
    }
  }

  emitter.on('attempt', ({ webhook, attempt: { status, durationMs } }) => {
    attempts.inc({ webhook, result: resultOf(status) })
    durations.observe(durationMs / 1000)
  })
  emitter.on('delivered', ({ webhook }) => settled.inc({ webhook, state: 'delivered' }))
  emitter.on('exhausted', ({ webhook }) => settled.inc({ webhook, state: 'failed' }))
  emitter.on('disabled', ({ webhook, reason }) => disabled.inc({ webhook, reason }))

  return {
    countRequest: labels => requests.inc(labels),
    async text() {
      await readStore()
      return registry.metrics()
    },
    contentType: registry.contentType,
  }
}

/** An attempt's result as one of a few: an endpoint must not choose how many series there are. */
function resultOf(status: number | undefined): string {
  if (status === undefined) return 'no answer'
  return status >= 200 && status < 600 ? `${Math.floor(status / 100)}xx` : 'other'
}
