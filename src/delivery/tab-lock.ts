/** Runs it while no other tab runs one; where the browser grants no locks, the leases alone keep tabs apart. */
export async function withTabLock(work: () => Promise<void>): Promise<void> {
  try {
    await navigator.locks.request('tourhook', work)
  } catch {
    // None on an insecure page, and denied in a sandboxed frame.
    await work()
  }
}
