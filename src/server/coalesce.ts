/**
 * Keeps a task from running twice at once: a call during a run makes it run once more afterwards.
 *
 * The promise is that of the last of these runs. The task must not reject.
 */
export function coalesced(task: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  let again = false

  async function run(): Promise<void> {
    while (again) {
      again = false
      await task()
    }
    running = undefined
  }

  return () => {
    again = true
    running ??= run()
    return running
  }
}
