import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** SIGKILL for a child that was started `detached`, and for all that it started. */
export async function killGroup(child: ChildProcess) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  process.kill(-child.pid, 'SIGKILL')
  await exited
}
