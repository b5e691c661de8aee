import type { DatabaseSync } from 'node:sqlite'

interface Job {
  flush: boolean
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

const patienceMs = 4

/** Makes a transactor: callers of one turn of the event loop share a transaction, and so a disk flush. */
export function createTransactor(db: DatabaseSync): Transact {
  let jobs: Job[] = []
  let flushes = true
  let isUrgent = false

  const commit = (batch: readonly Job[]) => {
    const flush = batch.some(job => job.flush)
    if (flush !== flushes) db.exec(`PRAGMA synchronous = ${flush ? 'FULL' : 'NORMAL'}`)
    flushes = flush
    db.exec('BEGIN IMMEDIATE')
    try {
      for (const { run } of batch) run()
      db.exec('COMMIT')
    } catch (error) {
      // Some errors, such as a full disk, have rolled back already.
      if (db.isTransaction) db.exec('ROLLBACK')
      throw error
    }
  }
  const attempt = (batch: readonly Job[]) => {
    try {
      commit(batch)
      for (const { resolve } of batch) resolve()
    } catch (error) {
      if (batch.length === 1) for (const { reject } of batch) reject(error)
      // One of them is at fault; the others shall not suffer.
      else for (const job of batch) attempt([job])
    }
  }
  const runAll = () => {
    const batch = jobs
    jobs = []
    isUrgent = false
    if (batch.length > 0) attempt(batch)
  }

  return <T>(statements: () => T, { urgent = true, flush = true } = {}) =>
    new Promise<T>((resolve, reject) => {
      if (urgent && !isUrgent) setImmediate(runAll)
      else if (jobs.length === 0) setTimeout(runAll, patienceMs)
      isUrgent ||= urgent
      let result: T
      jobs.push({
        flush,
        run: () => {
          result = statements()
        },
        resolve: () => resolve(result),
        reject,
      })
    })
}
