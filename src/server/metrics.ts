import type { Emitter } from './emitter.ts'

/** The companion's counters, in Prometheus' text format. */
export interface Metrics {
  /** Counts an answered request. */
  countRequest(labels: { route: string; status: number }): void
  /** The whole exposition; reads the queue's length from the store. */
  text(): Promise<string>
}

type Labels = Record<string, string | number>

/** Upper bounds of an attempt's duration, in seconds: around what an endpoint takes, up to the time-out. */
const durationBounds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15]

/** Counts requests, and what the emitter announces, since the process began. */
export function createMetrics(emitter: Pick<Emitter, 'on' | 'deliveries'>): Metrics {
  const requests = createCounter('tourhook_requests_total', 'Requests answered, by route and status.')
  const attempts = createCounter('tourhook_attempts_total', 'Attempts at endpoints, by webhook and result.')
  const settled = createCounter(
    'tourhook_deliveries_total',
    'Deliveries that came to an end, by webhook and state.',
  )
  const disabled = createCounter(
    'tourhook_webhooks_disabled_total',
    'Webhooks disabled, by webhook and reason.',
  )
  const durations = createHistogram(
    'tourhook_attempt_duration_seconds',
    'How long attempts took.',
    durationBounds,
  )

  emitter.on('attempt', ({ webhook, attempt: { status, durationMs } }) => {
    attempts.add({ webhook, result: status ?? 'no answer' })
    durations.observe(durationMs / 1000)
  })
  emitter.on('delivered', ({ webhook }) => settled.add({ webhook, state: 'delivered' }))
  emitter.on('exhausted', ({ webhook }) => settled.add({ webhook, state: 'failed' }))
  emitter.on('disabled', labels => disabled.add(labels))

  return {
    countRequest: requests.add,
    async text() {
      const pending = await emitter.deliveries.count({ state: 'pending' })
      return [
        ...[requests, attempts, settled, disabled, durations].map(metric => metric.text()),
        family('tourhook_deliveries_pending', 'gauge', 'Deliveries still to be sent.', [['', {}, pending]]),
      ].join('')
    },
  }
}

function createCounter(name: string, help: string) {
  const counts = new Map<string, { labels: Labels; count: number }>()
  return {
    add(labels: Labels) {
      const key = labelText(labels)
      counts.set(key, { labels, count: (counts.get(key)?.count ?? 0) + 1 })
    },
    text: () =>
      family(
        name,
        'counter',
        help,
        [...counts.values()].map(({ labels, count }) => ['', labels, count]),
      ),
  }
}

function createHistogram(name: string, help: string, bounds: readonly number[]) {
  const buckets = [...bounds, Number.POSITIVE_INFINITY].map(bound => ({ bound, count: 0 }))
  let sum = 0
  return {
    observe(value: number) {
      sum += value
      for (const bucket of buckets) if (value <= bucket.bound) bucket.count += 1
    },
    text: () =>
      family(name, 'histogram', help, [
        ...buckets.map(
          ({ bound, count }): Sample => [
            '_bucket',
            { le: bound === Number.POSITIVE_INFINITY ? '+Inf' : bound },
            count,
          ],
        ),
        ['_sum', {}, sum],
        ['_count', {}, buckets.at(-1)?.count ?? 0],
      ]),
  }
}

type Sample = [suffix: string, labels: Labels, value: number]

function family(name: string, type: string, help: string, samples: readonly Sample[]): string {
  const lines = samples.map(([suffix, labels, value]) => `${name}${suffix}${labelText(labels)} ${value}\n`)
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`
}

/** Labels as `{webhook="crm"}`, escaped as the exposition format 0.0.4 asks. */
function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name}="${String(value).replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`,
  )
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}
