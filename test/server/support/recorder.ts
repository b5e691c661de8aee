import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'

/** What arrived: each `webhook-id`, how often, and how long after the message's `data.at` in milliseconds. */
export interface Recording {
  ids: Record<string, number>
  latencies: number[]
}

/** A receiver in a process of its own, so that it takes no time from the sender's. */
export interface Recorder {
  url: string
  /** What has arrived since the last call. */
  take(): Promise<Recording>
  /** How many requests have arrived since the last `take`. */
  count(): Promise<number>
  close(): void
}

/** Starts a recorder; it answers 200 after `delayMs`, or `status`. */
export async function startRecorder({ delayMs = 0, status = 200 } = {}): Promise<Recorder> {
  const child = fork(fileURLToPath(import.meta.url), [String(delayMs), String(status)], { execArgv: [] })
  const port = await reply<number>(child)
  const ask = <T>(question: string): Promise<T> => {
    const answer = reply<T>(child)
    child.send(question)
    return answer
  }
  return {
    url: `http://127.0.0.1:${port}/hook`,
    take: () => ask('take'),
    count: () => ask('count'),
    close: () => void child.kill(),
  }
}

/** In milliseconds since 1970, finer than `Date.now()`. */
export function preciseNow(): number {
  return performance.timeOrigin + performance.now()
}

async function reply<T>(child: ChildProcess): Promise<T> {
  const [answer] = await once(child, 'message')
  return answer as T
}

function record(delayMs: number, status: number) {
  let recording: Recording = { ids: {}, latencies: [] }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      const id = String(request.headers['webhook-id'] ?? recording.latencies.length)
      recording.ids[id] = (recording.ids[id] ?? 0) + 1
      const at = /"at":([\d.]+)/.exec(body)?.[1]
      recording.latencies.push(preciseNow() - Number(at))
      const answer = () => response.writeHead(status).end('ok')
      if (delayMs > 0) setTimeout(answer, delayMs)
      else answer()
    })
  })
  server.keepAliveTimeout = 60_000
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
  process.on('message', question => {
    if (question === 'count') return process.send?.(recording.latencies.length)
    process.send?.(recording)
    recording = { ids: {}, latencies: [] }
  })
  process.on('disconnect', () => process.exit())
}

if (process.argv[1] === fileURLToPath(import.meta.url)) record(Number(process.argv[2]), Number(process.argv[3]))
