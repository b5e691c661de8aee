import { lookup as systemLookup } from 'node:dns'
import { EventEmitter } from 'node:events'
import type { LookupFunction } from 'node:net'
import type { Readable } from 'node:stream'
import { Agent, errors } from 'undici'
import type { Clock } from '../clock.ts'
import { addressGuard } from './address-guard.ts'
import { singleFlightLookup } from './dns-lookup.ts'
import { failureReason } from './failure-reasons.ts'
import { guardedConnector } from './guarded-connector.ts'

const answerLimit = 2048

/** One request to the outside. */
export interface Outgoing {
  url: string
  method: 'GET' | 'POST' | 'OPTIONS'
  headers: Record<string, string>
  body?: string
}

/** What came back; of the text, the first 2 kB. */
export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
  /** Whether there was more of it. */
  isCut: boolean
}

/** The only way out: it calls no address that an outsider's URL shouldn't reach. */
export interface Egress {
  /**
   * Sends one request and follows no redirect.
   *
   * @throws {Error} (rejects) says why no answer came and what to do about it, and names the origin alone.
   */
  send(request: Outgoing): Promise<Answer>
  /** Closes the connections; what is still under way is cut off. */
  close(): Promise<void>
}

export interface EgressOptions {
  clock: Clock
  timeoutMs: number
  allowNetworks?: readonly string[] | undefined
  /** For tests. @default the system's */
  lookup?: LookupFunction | undefined
}

/** The guarded way out. */
export function createEgress({
  clock,
  timeoutMs,
  allowNetworks,
  lookup = systemLookup,
}: EgressOptions): Egress {
  const connect = guardedConnector({
    isAllowed: addressGuard(allowNetworks),
    lookup: singleFlightLookup(lookup, clock),
    timeoutMs,
  })
  // The time-outs of undici's own begin anew with each chunk; the deadline below does not.
  const agent = new Agent({ connect, headersTimeout: 0, bodyTimeout: 0 })

  async function send({ url, ...request }: Outgoing): Promise<Answer> {
    const { origin, pathname, search } = new URL(url)
    // An emitter, which undici takes as well, costs a tenth of an AbortController.
    const deadline = new EventEmitter()
    const cancel = clock.after(timeoutMs, () => deadline.emit('abort'))
    try {
      const path = pathname + search
      const { statusCode, headers, body } = await agent.request({
        ...request,
        origin,
        path,
        signal: deadline,
      })
      return { status: statusCode, headers, ...(await beginningOf(body)) }
    } catch (error) {
      const reason = isAbort(error)
        ? `no answer within ${timeoutMs} ms; have it answer first, and do the work afterwards`
        : failureReason(error)
      throw new Error(`${origin}: ${reason}`, { cause: error })
    } finally {
      cancel()
    }
  }

  return { send, close: () => agent.destroy() }
}

/** The first 2 kB of a body. An answer that is longer, or breaks off, is still an answer: its status decides. */
function beginningOf(body: Readable): Promise<Pick<Answer, 'text' | 'isCut'>> {
  const chunks: Buffer[] = []
  let size = 0
  return new Promise(resolve => {
    body.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      size += chunk.length
      if (size >= answerLimit) body.destroy()
    })
    body.on('error', () => {})
    body.on('close', () => {
      const text = new TextDecoder().decode(Buffer.concat(chunks).subarray(0, answerLimit))
      // PostgreSQL keeps no NUL in its texts, and nobody misses it in a log.
      resolve({ text: text.replaceAll('\0', '\ufffd'), isCut: size >= answerLimit })
    })
  })
}

function isAbort(error: unknown): boolean {
  return error instanceof errors.RequestAbortedError
}
