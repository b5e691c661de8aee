import { toError } from '../../to-error.ts'
import { StoreError } from '../store-error.ts'

/** Where a database is, as it may be shown. */
export interface DatabasePlace {
  host: string
  port: number
  database: string
  user: string
  schema: string
}

const address = 'the address that it was given (connectionString, --postgres or TOURHOOK_POSTGRES)'

const poolerWords =
  'a pooler between loses prepared statements. PgBouncer keeps them from 1.21 on, with max_prepared_statements above 0'

/** What codes of PostgreSQL and of the network mean for whoever runs it. */
const words: Record<string, (place: DatabasePlace) => string> = {
  ECONNREFUSED: () => `it refuses connections. Start it, or correct ${address}`,
  ENOTFOUND: ({ host }) => `nobody knows a host "${host}". Correct ${address}`,
  EAI_AGAIN: ({ host }) => `the name server does not answer for "${host}"`,
  EHOSTUNREACH: () => `no network leads there. Look at the network, or correct ${address}`,
  ENOENT: () => `there is no such socket. Start it, or correct ${address}`,
  '28P01': ({ user }) => `it does not let "${user}" in. Correct the password`,
  '28000': ({ user }) => `it does not let "${user}" in. Look at its pg_hba.conf`,
  '3D000': ({ database }) => `it has no database "${database}". Create that first`,
  '42501': ({ user, schema }) =>
    `"${user}" lacks a permission. Whoever owns the database can give it a schema: CREATE SCHEMA ${schema} AUTHORIZATION "${user}"`,
  '53100': () => 'its disk is full',
  '53300': () => 'it has no connection left. Raise its max_connections, or lower "connections"',
  '57P03': () => 'it is starting up or shutting down',
  '25006': () =>
    'it is read-only: a copy, or set so, as some hosts do while its disk is nearly full. Give the address of the primary, or make room',
  '26000': () => poolerWords,
  '42P05': () => poolerWords,
  '55P03': () => 'another transaction has held a lock for too long',
  '57014': () => 'it took too long over a statement',
}

const lateWords =
  /^timeout exceeded when trying to connect|^Query read timeout|^Connection terminated due to connection timeout/
const brokenWords = /^Connection terminated|^Client (has encountered|was closed)|^This socket|not queryable/
const networkCodes = /^(E[A-Z_]+)$/

/**
 * What went wrong with the database itself, in words without its password; `undefined` for what is the fault of the values
 * that it was given, or of a caller's code.
 *
 * @param sent Whether something had been sent that it may have done before the answer was lost.
 */
export function storeErrorOf(
  error: unknown,
  place: DatabasePlace,
  { sent }: { sent: boolean },
): StoreError | undefined {
  if (error instanceof StoreError) return error
  const first = error instanceof AggregateError ? toError(error.errors[0]) : toError(error)
  const code = codeOf(first)
  const isFromDatabase = Reflect.get(first, 'severity') !== undefined
  if (isFromDatabase && /^(22|23|54)/.test(code)) return undefined
  if (!isFromDatabase && !networkCodes.test(code) && !isLost(first)) return undefined
  const reason =
    words[code]?.(place) ??
    (lateWords.test(first.message) || code === 'ETIMEDOUT'
      ? 'it did not answer in time'
      : isFromDatabase
        ? first.message
        : 'the connection broke off')
  const { host, port } = place
  const at = host.startsWith('/') ? host : `${host}:${port}`
  const isUncertain = sent && (!isFromDatabase || /^(08|57P0[12])/.test(code))
  return new StoreError(`PostgreSQL at ${at}: ${reason}`, { cause: error, isUncertain })
}

/**
 * Whether new connections are needed, all of them: the one is half open, or the database behind it has become a copy, while
 * the address may lead to its successor by now.
 */
export function isMoved(error: unknown): boolean {
  return lateWords.test(toError(error).message) || codeOf(error) === '25006'
}

/** Whether the connection can't be used any more. */
export function isLost(error: unknown): boolean {
  const { message } = toError(error)
  return lateWords.test(message) || brokenWords.test(message) || /^(08|25006|57P0)/.test(codeOf(error))
}

/** Whether the same transaction may succeed when it runs again. */
export function isTransient(error: unknown): boolean {
  return ['40001', '40P01'].includes(codeOf(error))
}

function codeOf(error: unknown): string {
  return String(Reflect.get(toError(error), 'code') ?? '')
}
