import type { Attempt, Delivery } from '../../../stores/store.ts'
import type { StateTone } from '../../ui/parts.ts'
import { duration } from '../../ui/time.ts'

const statusWords: Record<number, string> = {
  400: 'it did not understand the message',
  401: 'it wants to know who is asking',
  403: 'it does not let us in',
  404: 'there is nothing at its address',
  405: 'it does not take this method',
  408: 'it took too long by its own measure',
  410: 'it is gone for good',
  413: 'the message is too large for it',
  415: 'it does not take JSON',
  422: 'it found something wrong in the message',
  429: 'it asked us to slow down',
  500: 'it has an error of its own',
  502: 'what stands before it could not reach it',
  503: 'it is not available at the moment',
  504: 'what stands before it waited in vain',
}

/** Whether an attempt arrived. */
export function isArrived({ status }: Attempt): boolean {
  return status !== undefined && status >= 200 && status < 300
}

/** One attempt in a sentence. */
export function attemptSentence(attempt: Attempt): string {
  const { status, error, durationMs } = attempt
  const took = duration(durationMs)
  if (status === undefined) return `No answer after ${took}: ${error ?? 'the connection failed'}.`
  if (isArrived(attempt)) return `It answered ${status} after ${took}: the message has arrived.`
  if (status >= 300 && status < 400)
    return `It answered ${status} after ${took}: it redirects, which is not followed. Enter the final address.`
  return `It answered ${status} after ${took}: ${statusWords[status] ?? 'it did not take the message'}.`
}

export function attemptTone(attempt: Attempt): 'good' | 'bad' | 'wait' {
  if (isArrived(attempt)) return 'good'
  return attempt.status === 429 || attempt.status === 503 ? 'wait' : 'bad'
}

/** A delivery's state in a word. */
export function deliveryWord({
  state,
  attempts,
  failures,
}: Pick<Delivery, 'state' | 'attempts' | 'failures'>): { tone: StateTone; text: string } {
  if (state === 'delivered') return { tone: 'good', text: 'delivered' }
  if (state === 'failed') return { tone: 'bad', text: 'failed' }
  if (failures > 0) return { tone: 'wait', text: 'trying again' }
  return { tone: 'info', text: attempts.length > 0 ? 'queued again' : 'queued' }
}
