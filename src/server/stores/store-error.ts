/** What a store could not do, in words for whoever runs it; `cause` is what the database said. */
export class StoreError extends Error {
  /** Whether it may have been kept all the same: the answer was lost. */
  readonly isUncertain: boolean

  constructor(
    message: string,
    { isUncertain = false, cause }: { isUncertain?: boolean; cause?: unknown } = {},
  ) {
    super(message, { cause })
    this.name = 'StoreError'
    this.isUncertain = isUncertain
  }
}
