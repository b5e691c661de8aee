/** What a companion is guarded by. */
export interface CompanionSecrets {
  siteKey: string | undefined
  adminToken: string | undefined
  userHashSecret: string | undefined
}

/** The fewest characters: what can be guessed is no secret. The site key is publishable. */
const fewest = { siteKey: 1, adminToken: 32, userHashSecret: 16 } as const

/**
 * Refuses a secret that guards nothing, such as that of an unset variable.
 *
 * @throws {TypeError} names the option, and how to make a secret.
 */
export function checkSecrets(secrets: CompanionSecrets): void {
  for (const name of ['siteKey', 'adminToken', 'userHashSecret'] as const) {
    const secret = secrets[name]
    if (secret === undefined || secret.length >= fewest[name]) continue
    const got = secret === '' ? 'an empty text' : `${secret.length} characters`
    const expected = fewest[name] === 1 ? 'a text' : `at least ${fewest[name]} characters`
    throw new TypeError(
      `${name}: expected ${expected}, got ${got}; leave it out, or make one with "npx tourhook secret"`,
    )
  }
}
