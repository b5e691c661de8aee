import { type AdminClient, createAdminClient } from '../../../admin/admin-client.ts'
import { AdminError } from '../../../admin/admin-error.ts'
import { UsageError } from '../usage-error.ts'

/** What each command that asks a companion takes. */
export const connectionOptions = {
  url: { type: 'string' },
  token: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const

export const connectionHelp = `  --url URL        Where the companion is [env: TOURHOOK_URL] [default: http://localhost:8787]
  --token TOKEN    Its admin token [env: TOURHOOK_ADMIN_TOKEN]
  --json           Print one JSON object a line
  --help           Show this help
`

/**
 * A client for the companion that the options or the environment name.
 *
 * @throws {UsageError} when no token is given.
 */
export function connect({
  url = process.env.TOURHOOK_URL ?? 'http://localhost:8787',
  token = process.env.TOURHOOK_ADMIN_TOKEN,
}: {
  url?: string | undefined
  token?: string | undefined
}): AdminClient {
  if (!token) throw new UsageError('A token is missing: give --token, or set TOURHOOK_ADMIN_TOKEN.')
  return createAdminClient({ url, token })
}

/** Runs requests to a companion; a refusal or a missing answer becomes an error in a sentence. */
export async function asking(url: string | undefined, work: () => Promise<number>): Promise<number> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AdminError) throw new Error(`The companion refuses: ${error.message}`)
    if (!(error instanceof TypeError)) throw error
    // What `fetch` throws when no answer came; its cause says more, and may name the address alone.
    const at = url ?? process.env.TOURHOOK_URL ?? 'http://localhost:8787'
    throw new Error(`No companion answers at ${at}. Is \`tourhook serve\` running there? Else give --url.`)
  }
}
