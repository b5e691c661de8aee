import { randomBytes } from 'node:crypto'
import type { Json } from '../../../values/json.ts'
import { omitUndefined } from '../../../values/omit-undefined.ts'
import type { Clock } from '../../clock.ts'
import { HttpError } from '../../companion/http-error.ts'
import type { ConsoleSession, ConsoleStore } from '../../stores/console-store.ts'
import { type Actor, hasRole, type Person, roles } from '../access/person.ts'
import { type Admin, hashOf } from '../access/sessions.ts'
import { type PageBinding, type PageRecord, pageRecordOf } from './page-binding.ts'

const minute = 60_000
/** How long a code waits to be redeemed, in milliseconds. */
export const codeMs = 2 * minute
/** How long a token lasts without being used. */
const idleMs = 30 * minute
/** How long one lasts at most; of somebody signed in by the host, its end is never put off. */
const longestMs = 8 * 60 * minute
/** Ends are put off by whole minutes, so that not each request writes. */
const stepMs = minute

/** Somebody at work on a page. */
export interface PageSession extends PageBinding {
  person: Actor
  /** Names it, for its end. */
  hash: string
  createdAt: number
  /** When it ends, in milliseconds since 1970, if it isn't used again. */
  expiresAt: number
}

/** Lets people of the console work on a page of the site: a code in the page's address, then a token. */
export interface PageAccess {
  /**
   * Makes a code, to be redeemed once.
   *
   * @param session the hash of the console's session that it comes from
   */
  issue(person: Person, binding: PageBinding, session: string | undefined): Promise<string>
  /**
   * Exchanges a code for a token. Whoever shows it, it is used up.
   *
   * @throws {HttpError} 401 used, late, of another origin, or its person may no longer edit.
   */
  redeem(code: string, origin: string | undefined): Promise<{ token: string; session: PageSession }>
  /**
   * The page session of a token; puts off its end.
   *
   * @throws {HttpError} 401 when it has ended, 403 on another origin.
   */
  use(token: string, origin: string | undefined): Promise<PageSession>
  end(hash: string): Promise<void>
  /** Those that last, the newest first. */
  list(): Promise<PageSession[]>
}

export interface PageAccessOptions {
  admins: readonly Admin[]
  store: ConsoleStore
  clock: Pick<Clock, 'now'>
}

export function createPageAccess({ admins, store, clock }: PageAccessOptions): PageAccess {
  /** The person behind a code or a token, as long as they may edit and are signed in. */
  async function personBehind(
    session: ConsoleSession,
    { session: parent, proof }: PageRecord,
    secret?: string,
  ): Promise<Person | undefined> {
    const { name } = session
    const role = roles.find(one => one === session.role)
    // The host signs in who makes a request; it can't be asked about somebody who makes none.
    if (parent === undefined) return role && { name, role }
    const signedIn = await store.session(parent)
    if (signedIn?.kind !== 'console' || signedIn.until <= clock.now()) return undefined
    const admin = admins.find(
      one => one.name === name && (secret === undefined || proof === hashOf(`${secret}:${one.token}`)),
    )
    return admin && hasRole(admin, 'author') ? { name, role: admin.role } : undefined
  }

  function add(
    kind: 'code' | 'page',
    secret: string,
    person: Person,
    record: Omit<PageRecord, 'proof'>,
    until: number,
  ): Promise<void> {
    const admin = admins.find(({ name, role }) => name === person.name && role === person.role)
    const proof = admin && record.session !== undefined ? hashOf(`${secret}:${admin.token}`) : undefined
    return store.addSession({
      hash: hashOf(secret),
      kind,
      name: person.name,
      role: person.role,
      createdAt: clock.now(),
      until,
      about: omitUndefined({ ...record, proof }) as unknown as Json,
    })
  }

  function pageSession(
    { hash, createdAt, until }: ConsoleSession,
    person: Person,
    { session: _, proof: __, ...binding }: PageRecord,
  ): PageSession {
    return { ...binding, person: { ...person, via: 'page' }, hash, createdAt, expiresAt: until }
  }

  return {
    async issue(person, binding, session) {
      // Forgets the codes that nobody has redeemed.
      await store.sessions(clock.now())
      const code = randomBytes(16).toString('base64url')
      await add('code', code, person, { ...binding, session }, clock.now() + codeMs)
      return code
    },
    async redeem(code, origin) {
      const kept = await store.session(hashOf(code))
      const record = kept?.kind === 'code' ? pageRecordOf(kept) : undefined
      // Of two who show it, one has removed it.
      if (!kept || !record || !(await store.removeSession(kept.hash))) throw unfit('used')
      if (kept.until <= clock.now()) throw unfit('late')
      if (record.origin !== origin) throw unfit('elsewhere')
      const person = await personBehind(kept, record, code)
      if (!person) throw signedOut()
      const token = randomBytes(32).toString('base64url')
      const until = clock.now() + idleMs
      await add('page', token, person, record, until)
      const session = { hash: hashOf(token), kind: 'page', ...person, createdAt: clock.now(), until } as const
      return { token, session: pageSession(session, person, record) }
    },
    async use(token, origin) {
      const kept = await store.session(hashOf(token))
      const record = kept?.kind === 'page' ? pageRecordOf(kept) : undefined
      if (!kept || !record || kept.until <= clock.now()) throw signedOut()
      const person = await personBehind(kept, record, token)
      if (!person) throw signedOut()
      if (record.origin !== origin) {
        throw new HttpError(
          403,
          'other_origin',
          'This token is for another site’s pages; ask for a new one in the console.',
        )
      }
      const mostMs = record.session === undefined ? idleMs : longestMs
      const until = Math.min(clock.now() + idleMs, kept.createdAt + mostMs)
      if (until - kept.until < stepMs) return pageSession(kept, person, record)
      await store.prolongSession(kept.hash, until)
      return pageSession({ ...kept, until }, person, record)
    },
    async end(hash) {
      await store.removeSession(hash)
    },
    async list() {
      const kept = (await store.sessions(clock.now())).filter(({ kind }) => kind === 'page')
      const found = await Promise.all(
        kept.map(async session => {
          const record = pageRecordOf(session)
          const person = record && (await personBehind(session, record))
          return record && person ? [pageSession(session, person, record)] : []
        }),
      )
      return found.flat()
    },
  }
}

/** Each says what to do, and none who else has been there. */
function unfit(how: 'used' | 'late' | 'elsewhere'): HttpError {
  const reasons = {
    used: 'This link was used before, or is none of the console’s',
    late: `This link is older than ${codeMs / minute} minutes`,
    elsewhere: 'This link is for the pages of another site',
  }
  return new HttpError(401, `code_${how}`, `${reasons[how]}; ask for a new one in the console.`)
}

function signedOut(): HttpError {
  return new HttpError(
    401,
    'signed_out',
    'This has ended, or you may no longer edit; ask for a new link in the console.',
    { headers: { 'www-authenticate': 'Bearer' } },
  )
}
