import { toError } from '../../to-error.ts'
import { StoreError } from '../store-error.ts'

/** What SQLite's primary result codes mean for whoever runs it: https://sqlite.org/rescode.html */
const words: Record<number, string> = {
  3: 'its permissions forbid that',
  5: 'another process has locked it for too long, such as a backup',
  6: 'another process has locked it for too long, such as a backup',
  7: 'there is not enough memory',
  8: 'it, or its folder, may not be written to',
  10: 'the disk does not answer as it should',
  11: 'it is damaged; bring a backup back',
  13: 'there is no room left on the disk, or the file is as large as it may be (maxBytes)',
  14: 'it can not be opened; look whether its folder is there and may be written to',
  26: 'it is no SQLite database',
}

/** An error of the file's or the machine's, in words; `undefined` for what is the fault of the statement or its values. */
export function storeErrorOf(path: string, error: unknown): StoreError | undefined {
  if (error instanceof StoreError) return error
  const reason = words[codeOf(error)]
  return reason === undefined
    ? undefined
    : new StoreError(`${path}: ${reason} (SQLite: ${toError(error).message})`, { cause: error })
}

/** Whether another holds the lock, so that trying again soon can help. */
export function isLocked(error: unknown): boolean {
  return codeOf(error) === 5 || codeOf(error) === 6
}

function codeOf(error: unknown): number {
  const code = error instanceof Error ? Number(Reflect.get(error, 'errcode')) : Number.NaN
  // The upper bytes say more of it.
  return Number.isNaN(code) ? 0 : code & 0xff
}
