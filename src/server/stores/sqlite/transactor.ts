import type { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn, setTimeout as pauseFor } from 'node:timers/promises'
import { isLocked, storeErrorOf } from './errors.ts'

interface Job {
  flush: boolean
  /** When a lock has lasted too long for it. */
  until: number
  /** Runs the job's statements, and keeps what they return. */
  run: () => void
  resolve: () => void
  reject: (error: unknown) => void
}

/**
 * Runs statements in a transaction; resolves, with what they return, once it is on the disk.
 *
 * What is not urgent waits a few milliseconds for company. Without `flush` it survives the process, and the
 * machine's sudden end only if a flush came after it. @default urgent and flush true
 */
export type Transact = <T>(statements: () => T, options?: { urgent?: boolean; flush?: boolean }) => Promise<T>

export interface TransactorOptions {
  db: DatabaseSync
  path: string
  /** How long another's lock is waited for, in milliseconds. */
  lockTimeoutMs: number
  /** Throws when the file may not be used any more. */
  check: () => void
}

const patienceMs = 4
/** How long the event loop may stand still for one transaction, its flush apart. */
const holdMs = 20
const longestPauseMs = 50

/**
 * Makes a transactor: callers of one turn of the event loop share a transaction, and so a disk flush.
 *
 * Another's lock is waited for in pauses, never within SQLite: that would hold up the whole process.
 */
export function createTransactor({ db, path, lockTimeoutMs, check }: TransactorOptions): Transact {
  let jobs: Job[] = []
  let flushes = true
  let isUrgent = false
  let isRunning = false

  /** Begins a transaction once it may, or rejects what has waited for too long. */
  async function begin(): Promise<boolean> {
    for (let pauseMs = 1; jobs.length > 0; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      try {
        check()
        const flush = jobs.some(job => job.flush)
        if (flush !== flushes) db.exec(`PRAGMA synchronous = ${flush ? 'FULL' : 'NORMAL'}`)
        flushes = flush
        db.exec('BEGIN IMMEDIATE')
        return true
      } catch (error) {
        const now = performance.now()
        rejectAll(
          jobs.filter(({ until }) => !isLocked(error) || until <= now),
          error,
        )
        jobs = jobs.filter(({ until }) => isLocked(error) && until > now)
        if (jobs.length > 0) await pauseFor(pauseMs)
      }
    }
    return false
  }

  function rejectAll(rejected: readonly Job[], error: unknown) {
    const reason = storeErrorOf(path, error) ?? error
    for (const { reject } of rejected) reject(reason)
  }

  /** Runs as many jobs as are done in time, and puts the others back. */
  function runSome() {
    const until = performance.now() + holdMs
    const batch = jobs
    jobs = []
    const done: Job[] = []
    try {
      while (batch.length > 0 && performance.now() < until) {
        const [job] = batch
        if (!job) break
        job.run()
        done.push(job)
        batch.shift()
      }
      db.exec('COMMIT')
      for (const { resolve } of done) resolve()
    } catch (error) {
      // Some errors, such as a full disk, have rolled back already.
      if (db.isTransaction) db.exec('ROLLBACK')
      const culprit = batch.length > 0 && storeErrorOf(path, error) === undefined ? batch.shift() : undefined
      // One of them is at fault: the others run again, without it.
      if (culprit) {
        culprit.reject(error)
        batch.unshift(...done)
      } else rejectAll([...done, ...batch.splice(0)], error)
    }
    jobs.unshift(...batch)
  }

  async function runAll() {
    if (isRunning) return
    isRunning = true
    while (jobs.length > 0) {
      if (await begin()) runSome()
      if (jobs.length > 0) await nextTurn()
    }
    isRunning = false
    isUrgent = false
  }

  return <T>(statements: () => T, { urgent = true, flush = true } = {}) =>
    new Promise<T>((resolve, reject) => {
      if (!isRunning && urgent && !isUrgent) setImmediate(runAll)
      else if (!isRunning && jobs.length === 0) setTimeout(runAll, patienceMs)
      isUrgent ||= urgent
      let result: T
      jobs.push({
        flush,
        until: performance.now() + lockTimeoutMs,
        run: () => {
          result = statements()
        },
        resolve: () => resolve(result),
        reject,
      })
    })
}
