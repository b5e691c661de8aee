/** An id has come before with other content, which stays; nothing was changed. */
export class TakenError extends Error {
  override name = 'TakenError'
}

/** Checks that what has come before under one id is the same. @throws {TakenError} when it says something else. */
export function checkRepeat(once: string, kept: unknown, given: string | undefined): void {
  if (typeof kept !== 'string' || given === undefined || kept === given) return
  throw new TakenError(`"${once}" has come before with other content, which stays`)
}
