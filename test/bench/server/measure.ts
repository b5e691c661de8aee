import { setTimeout as pauseFor } from 'node:timers/promises'
import type { Recorder } from '../../server/support/recorder.ts'
import { quantile } from '../table.ts'
import type { Subject } from './subjects.ts'

const emittersAtOnce = 64
const quietMs = 5

/** How fast something sends. */
export interface Rate {
  perSecond: number
  /** CPU of the sender's process for a delivery, in microseconds: what is left to compare on a busy machine. */
  cpuUs: number
  /** Alone, from the call to the acknowledgement, at the median. */
  ackMs: number
  /** Alone, from the call to the receiver. */
  medianMs: number
  p99Ms: number
}

/** Sends many as fast as it goes, then some one by one. */
export async function measure(
  { send, settled }: Subject,
  recorder: Recorder,
  { total, alone }: { total: number; alone: number },
): Promise<Rate> {
  let count = 0
  async function sendAll(more: number) {
    let left = more
    await Promise.all(
      Array.from({ length: emittersAtOnce }, async () => {
        while (left-- > 0) await send()
      }),
    )
    count += more
    await settled(count)
  }

  await sendAll(Math.ceil(total / 8))
  const began = performance.now()
  const used = process.cpuUsage()
  await sendAll(total)
  const perSecond = Math.round(total / ((performance.now() - began) / 1000))
  const { user, system } = process.cpuUsage(used)

  // A quiet hour: each alone, from its call to its place in the log. All pause alike: what comes right after another finds
  // the processor's caches filled, and takes a third of the time.
  await recorder.take()
  const acks: number[] = []
  for (let index = 0; index < alone; index++) {
    await pauseFor(quietMs)
    const sent = performance.now()
    await send()
    acks.push(performance.now() - sent)
    count += 1
    await settled(count)
  }
  const { latencies } = await recorder.take()
  return {
    perSecond,
    cpuUs: Math.round((user + system) / total),
    ackMs: rounded(quantile(acks, 0.5)),
    medianMs: rounded(quantile(latencies, 0.5)),
    p99Ms: rounded(quantile(latencies, 0.99)),
  }
}

function rounded(ms: number): number {
  return Math.round(ms * 100) / 100
}
