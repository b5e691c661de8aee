/** When something happened by its visitor's clock, which may be ahead: nothing has happened later than now. */
export function happenedAt({ timestamp }: { timestamp: string }, now: number): string {
  return Date.parse(timestamp) > now ? new Date(now).toISOString() : timestamp
}
