import type { Handler } from 'hono'
import type { Emitter } from '../../emitter/emitter.ts'
import type { Metrics } from '../metrics.ts'

/** Says whether the store answers (`GET /healthz`); for a load balancer, so it says nothing else. */
export function reportHealth(emitter: Pick<Emitter, 'read'>): Handler {
  return async context => {
    await emitter.read('health')
    return context.json({ status: 'ok' })
  }
}

/** The counters, for Prometheus (`GET /metrics`). */
export function reportMetrics(metrics: Metrics): Handler {
  return async context => context.body(await metrics.text(), 200, { 'content-type': metrics.contentType })
}
