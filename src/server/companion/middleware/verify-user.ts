import { Refusal } from '../http-error.ts'
import { sameText, userHashOf } from '../../user-hash.ts'

/**
 * Checks that a visitor is who they say; one who claims to be nobody passes.
 *
 * @throws {Refusal} 403 when there is a secret and the hash isn't that user's.
 */
export function checkUser(
  { userId, userHash }: { userId: string | null; userHash?: string | undefined },
  secret: string | undefined,
): void {
  if (secret === undefined || userId === null) return
  if (userHash !== undefined && sameText(userHash, userHashOf(userId, secret))) return
  throw new Refusal(403, 'bad_user_hash', 'userHash is not that of this user.', { path: 'userHash' })
}
