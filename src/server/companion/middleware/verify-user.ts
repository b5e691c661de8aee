import { isSameText } from '../../timing-safe-equal.ts'
import { userHashOf } from '../../user-hash.ts'
import { HttpError } from '../http-error.ts'

/**
 * Checks that a visitor is who they say; one who claims to be nobody passes.
 *
 * @throws {HttpError} 403 when there is a secret and the hash isn't that user's.
 */
export function verifyUser(
  { userId, userHash }: { userId: string | null; userHash?: string | undefined },
  secret: string | undefined,
): void {
  if (secret === undefined || userId === null) return
  if (userHash !== undefined && isSameText(userHash, userHashOf(userId, secret))) return
  throw new HttpError(403, 'bad_user_hash', 'userHash is not that of this user.', { path: 'userHash' })
}
