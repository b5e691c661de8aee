/**
 * When something happened by its visitor's clock, in UTC. That clock may be ahead: nothing has happened later than now.
 */
export function happenedAt({ timestamp }: { timestamp: string }, now: number): string {
  return new Date(Math.min(Date.parse(timestamp), now)).toISOString()
}
