/** The command line was used wrongly; `help` says how to use it. */
export class UsageError extends Error {
  override name = 'UsageError'
  readonly help: string

  constructor(message: string, help: string) {
    super(message)
    this.help = help
  }
}
