import type { Clock } from '../../clock.ts'

/** Bounds how many attempts begin at once, over all lanes. */
export interface StartGate {
  /** Whether one more may begin now; else `onRoom` is called once it may. */
  hasRoom(): boolean
  /** Says that one begins; returns what says that it has ended. */
  enter(): () => void
}

export interface StartGateOptions {
  clock: Pick<Clock, 'elapsed' | 'after'>
  /** @default 128 */
  most?: number | undefined
  /** For how long one counts that has not ended. @default 100 */
  youthMs?: number | undefined
  onRoom: () => void
}

/**
 * A gate for attempts: a thousand lanes that all begin at once would open thousands of connections.
 *
 * Only the young ones count: whoever takes its time to answer keeps no place that another could have.
 */
export function createStartGate({ clock, most = 128, youthMs = 100, onRoom }: StartGateOptions): StartGate {
  /** Each with the time at which it began, the oldest first. */
  const young = new Map<symbol, number>()
  let isFull = false

  function oldest(): number {
    for (const startedAt of young.values()) return startedAt
    return Number.POSITIVE_INFINITY
  }
  function ageAll(): void {
    const now = clock.elapsed()
    for (const [one, startedAt] of young) {
      if (startedAt + youthMs > now) return
      young.delete(one)
    }
  }
  function open(): void {
    isFull = false
    onRoom()
  }

  return {
    hasRoom() {
      if (young.size >= most) ageAll()
      if (young.size < most) return true
      if (!isFull) {
        isFull = true
        clock.after(Math.max(0, oldest() + youthMs - clock.elapsed()), () => {
          if (isFull) open()
        })
      }
      return false
    },
    enter() {
      const one = Symbol()
      young.set(one, clock.elapsed())
      return () => {
        young.delete(one)
        if (isFull) open()
      }
    },
  }
}
