/** How much of a processor's time the work takes, in milliseconds: the same on a machine that is busy with others. */
export function cpuTimeOf(work: () => unknown): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}
