import type { PoolClient } from 'pg'

/** What a session is to be like, by PostgreSQL's names; what an older version does not know is left out. */
function settingsOf({ flush }: Pick<SessionOptions, 'flush'>): Record<string, string> {
  return {
    // Every statement finds its rows by an index. The planner does not know that before it has counted a new table's
    // rows, and would read all of it each time until then.
    enable_seqscan: 'off',
    enable_hashjoin: 'off',
    enable_mergejoin: 'off',
    jit: 'off',
    idle_in_transaction_session_timeout: '60000',
    // Whatever the database has for its other users: `statement_timeout` is what counts for us.
    lock_timeout: '0',
    idle_session_timeout: '0',
    transaction_timeout: '0',
    default_transaction_isolation: 'read committed',
    ...(flush ? {} : { synchronous_commit: 'off' }),
  }
}

export interface SessionOptions {
  /** For a statement. */
  timeoutMs: number
  /** Whether what it commits is on the disk before that is acknowledged. */
  flush: boolean
}

/**
 * Makes a new connection's session what we need.
 *
 * Behind a pooler, such as PgBouncer, it stays as it is: there a session may be another's with its next transaction, who
 * would have our settings, while our own next statement would not. Then all commits wait for the disk.
 */
export async function prepareSession(client: PoolClient, options: SessionOptions): Promise<void> {
  const { rows } = await client.query('SELECT pg_backend_pid() AS pid')
  // A pooler says to its clients a number of its own.
  if (rows[0]?.pid !== Reflect.get(client, 'processID')) return
  const settings = Object.entries(settingsOf(options))
  const wanted = settings.map(([name, value]) => `('${name}', '${value}')`).join()
  await client.query(
    `SET statement_timeout = ${options.timeoutMs};
    SELECT set_config(name, value, false) FROM (VALUES ${wanted}) AS wanted (name, value) JOIN pg_settings USING (name)`,
  )
  // Where the database as a whole does not flush, ours does.
  if (options.flush) {
    await client.query(
      `SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'`,
    )
  }
}
