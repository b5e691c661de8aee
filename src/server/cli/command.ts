/** One of the command line's commands. */
export interface Command {
  help: string
  /** Resolves with the exit code. */
  run(args: string[]): Promise<number>
}
