import type { DatabaseSync } from 'node:sqlite'

interface Job {
  /** Runs the job's statements, and keeps what they return. */
  run: () => void
  resolve: () => void
  reject: (error: unknown) => void
}

/** Runs statements in a transaction; resolves, with what they return, once it is on the disk. */
export type Transact = <T>(statements: () => T) => Promise<T>

/** Makes a transactor: callers of one turn of the event loop share a transaction, and so a disk flush. */
export function createTransactor(db: DatabaseSync): Transact {
  let jobs: Job[] = []

  const commit = (batch: readonly Job[]) => {
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
  const flush = () => {
    const batch = jobs
    jobs = []
    attempt(batch)
  }

  return <T>(statements: () => T) =>
    new Promise<T>((resolve, reject) => {
      if (jobs.length === 0) setImmediate(flush)
      let result: T
      jobs.push({
        run: () => {
          result = statements()
        },
        resolve: () => resolve(result),
        reject,
      })
    })
}
