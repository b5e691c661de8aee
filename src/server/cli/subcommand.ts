/** One of the commands of the command line. */
export interface Subcommand {
  help: string
  /** Resolves with the exit code. */
  run(args: string[]): Promise<number>
}
