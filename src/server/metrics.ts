import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Emitter } from './emitter.ts'

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
  const requests = new Counter({
    name: 'tourhook_requests_total',
    help: 'Requests answered, by route and status.',
    labelNames: ['route', 'status'],
    registers,
  })
  const attempts = new Counter({
    name: 'tourhook_attempts_total',
    help: 'Attempts at endpoints, by webhook and result.',
    labelNames: ['webhook', 'result'],
    registers,
  })
  const settled = new Counter({
    name: 'tourhook_deliveries_total',
    help: 'Deliveries that came to an end, by webhook and state.',
    labelNames: ['webhook', 'state'],
    registers,
  })
  const disabled = new Counter({
    name: 'tourhook_webhooks_disabled_total',
    help: 'Webhooks disabled, by webhook and reason.',
    labelNames: ['webhook', 'reason'],
    registers,
  })
  const durations = new Histogram({
    name: 'tourhook_attempt_duration_seconds',
    help: 'How long attempts took.',
    // Around what an endpoint takes, up to the time-out.
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
    registers,
  })
  new Gauge({
    name: 'tourhook_deliveries_pending',
    help: 'Deliveries still to be sent.',
    registers,
    async collect() {
      this.set(await emitter.deliveries.count({ state: 'pending' }))
    },
  })

  emitter.on('attempt', ({ webhook, attempt: { status, durationMs } }) => {
    attempts.inc({ webhook, result: status ?? 'no answer' })
    durations.observe(durationMs / 1000)
  })
  emitter.on('delivered', ({ webhook }) => settled.inc({ webhook, state: 'delivered' }))
  emitter.on('exhausted', ({ webhook }) => settled.inc({ webhook, state: 'failed' }))
  emitter.on('disabled', ({ webhook, reason }) => disabled.inc({ webhook, reason }))

  return {
    countRequest: labels => requests.inc(labels),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
