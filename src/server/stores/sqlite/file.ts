import { closeSync, openSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { toError } from '../../to-error.ts'
import { StoreError } from '../store-error.ts'
import { storeErrorOf } from './errors.ts'
import { migrate } from './schema.ts'

/** Who may read the file: its owner. */
const ownerOnly = 0o600
const checkEveryMs = 1000

/** An open database file. */
export interface DatabaseFile {
  db: DatabaseSync
  /** @throws {StoreError} when the file was deleted or replaced: what is written then is lost with the process. */
  check(): void
}

/**
 * Opens a database, and makes its file when it is missing, for nobody else to read.
 *
 * @throws {Error} names the file that can't be opened, is no database, or was written by a newer Tourhook.
 */
export function openDatabase(path: string, { maxBytes }: { maxBytes?: number | undefined }): DatabaseFile {
  try {
    if (isOnDisk(path)) protect(path)
    const db = new DatabaseSync(path)
    migrate(db)
    if (maxBytes !== undefined) {
      const size = Number(db.prepare('PRAGMA page_size').get()?.page_size)
      db.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(maxBytes / size))}`)
    }
    return { db, check: isOnDisk(path) ? presenceOf(path) : () => {} }
  } catch (error) {
    throw storeErrorOf(path, error) ?? new Error(`${path}: ${toError(error).message}`, { cause: error })
  }
}

function isOnDisk(path: string): boolean {
  return path !== '' && path !== ':memory:' && !path.startsWith('file:')
}

/** It holds secrets and what visitors wrote. SQLite gives the files beside it the same mode. */
function protect(path: string) {
  try {
    closeSync(openSync(path, 'ax', ownerOnly))
  } catch (error) {
    // The database says better than the file system why it can't be opened.
    if (Reflect.get(toError(error), 'code') !== 'EEXIST') return
    const { mode } = statSync(path)
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      const found = (mode & 0o777).toString(8).padStart(4, '0')
      process.emitWarning(
        `${path} holds secrets, and other accounts may open it (mode ${found}): chmod 600 ${path}*`,
      )
    }
  }
}

function presenceOf(path: string): () => void {
  const opened = statSync(path)
  let checkedAt = performance.now()

  return () => {
    if (performance.now() - checkedAt < checkEveryMs) return
    const present = statSync(path, { throwIfNoEntry: false })
    if (present?.ino !== opened.ino || present.dev !== opened.dev) {
      throw new StoreError(
        `${path}: the file was deleted or replaced while it was open, so nothing could be kept; bring it back, and start again`,
      )
    }
    checkedAt = performance.now()
  }
}
