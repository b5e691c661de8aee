/** One of the command line's commands. */
export interface Command {
  /** One line for the list of commands. */
  summary: string
  help: string
  /** Resolves with the exit code. */
  run(args: string[]): Promise<number>
}
