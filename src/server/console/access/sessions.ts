import { createHash, randomBytes } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import type { ConsoleSession, ConsoleStore } from '../../stores/console-store.ts'
import { isSameText } from '../../timing-safe-equal.ts'
import type { Person, Role } from './person.ts'

/** Somebody who may sign in with a token. */
export interface Admin {
  /** Who it is; audit and sessions show it. */
  name: string
  /** What they sign in with, and send as the bearer of the admin API. */
  token: string
  /** What they may do. */
  role: Role
}

/** How long a session lasts, in milliseconds. */
export const sessionMs = 12 * 60 * 60 * 1000

/** Who is signed in. */
export interface Sessions {
  /** The admin with this token. */
  adminOf(token: string): Admin | undefined
  /** Begins a session; returns its id, for its holder alone. */
  begin(admin: Admin): Promise<string>
  /** The person behind a session's id, while it lasts and their token is what it was. */
  personOf(id: string): Promise<Person | undefined>
  end(id: string): Promise<void>
  /** Those that last, the newest first. */
  list(): Promise<ConsoleSession[]>
  revoke(hash: string): Promise<boolean>
}

export interface SessionsOptions {
  admins: readonly Admin[]
  store: ConsoleStore
  clock: Pick<Clock, 'now'>
}

/** Sessions by opaque ids, so that each can be ended. */
export function createSessions({ admins, store, clock }: SessionsOptions): Sessions {
  return {
    // Each is compared, so that the time doesn't show which one was near.
    adminOf: token => admins.filter(admin => isSameText(token, admin.token))[0],
    async begin({ name, role, token }) {
      const id = randomBytes(32).toString('base64url')
      const createdAt = clock.now()
      await store.addSession({
        hash: hashOf(id),
        kind: 'console',
        name,
        role,
        createdAt,
        until: createdAt + sessionMs,
        about: { proof: hashOf(`${id}:${token}`) },
      })
      return id
    },
    async personOf(id) {
      const session = await store.session(hashOf(id))
      if (session?.kind !== 'console' || session.until <= clock.now()) return undefined
      // Somebody whose token was changed or withdrawn is out at once.
      const admin = admins.find(
        ({ name, token }) => name === session.name && proofOf(session) === hashOf(`${id}:${token}`),
      )
      return admin && { name: admin.name, role: admin.role }
    },
    async end(id) {
      await store.removeSession(hashOf(id))
    },
    list: async () => (await store.sessions(clock.now())).filter(({ kind }) => kind === 'console'),
    revoke: hash => store.removeSession(hash),
  }
}

/** What is kept of a secret that its holder shows. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}

function proofOf({ about }: ConsoleSession): unknown {
  return typeof about === 'object' && about !== null ? Reflect.get(about, 'proof') : undefined
}
