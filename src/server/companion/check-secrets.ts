/** What a companion is guarded by. */
export interface CompanionSecrets {
  siteKey: string | undefined
  adminToken: string | undefined
  userHashSecret: string | undefined
  /** Who may use the console. */
  admins: readonly { name: string; token: string }[]
}

/** The fewest characters: what can be guessed is no secret. The site key is publishable. */
const fewest = { siteKey: 1, adminToken: 32, userHashSecret: 16 } as const

/**
 * Refuses a secret that guards nothing, such as that of an unset variable.
 *
 * @throws {TypeError} names the option, and how to make a secret.
 */
export function checkSecrets({ siteKey, adminToken, userHashSecret, admins }: CompanionSecrets): void {
  check('siteKey', siteKey, fewest.siteKey)
  check('adminToken', adminToken, fewest.adminToken)
  check('userHashSecret', userHashSecret, fewest.userHashSecret)
  for (const { name, token } of admins) check(`console.admins: ${name}'s token`, token, fewest.adminToken)
}

function check(name: string, secret: string | undefined, least: number): void {
  if (secret === undefined || secret.length >= least) return
  const got = secret === '' ? 'an empty text' : `${secret.length} characters`
  const expected = least === 1 ? 'a text' : `at least ${least} characters`
  throw new TypeError(
    `${name}: expected ${expected}, got ${got}; leave it out, or make one with "npx tourhook secret"`,
  )
}
