import type { Context, MiddlewareHandler } from 'hono'
import { HttpError } from '../../companion/http-error.ts'
import type { AuditEntry } from '../../stores/console-store.ts'

/**
 * What somebody may do: a viewer reads; an author also edits drafts, publishes, tests and resends; an owner also
 * webhooks, secrets, people, bulk actions, imports and forgetting.
 */
export type Role = 'owner' | 'author' | 'viewer'

/** Who is using the console. */
export interface Person {
  /** Who it is. */
  name: string
  /** What they may do. */
  role: Role
}

/** A person at work, and by which way: the console, the admin API, or the editor on a page. */
export interface Actor extends Person {
  via: AuditEntry['via']
}

/** What a console's routes know of a request. */
export interface ConsoleEnv {
  Variables: {
    person: Actor
    /** The hash of the session that the person has signed in with; absent where the host signs people in. */
    session?: string
    /** The way from this page up to the console's root: `./`, `../`. */
    root: string
  }
}

export type ConsoleContext = Context<ConsoleEnv>

const ranks: Record<Role, number> = { viewer: 0, author: 1, owner: 2 }

/** The roles, the one that may do least first. */
export const roles = ['viewer', 'author', 'owner'] as const satisfies Role[]

/** Whether a person has a role, or one that may do more. */
export function hasRole({ role }: Person, least: Role): boolean {
  return ranks[role] >= ranks[least]
}

/** Lets on who has a role; a hidden button keeps nobody out. */
export function requireRole(least: Role): MiddlewareHandler<{ Variables: { person: Actor } }> {
  return async (context, next) => {
    checkRole(context.get('person'), least)
    await next()
  }
}

/** @throws {HttpError} 403 when the person may not do it. */
export function checkRole(person: Person, least: Role): void {
  if (hasRole(person, least)) return
  const message = `This takes the role ${least}; ${person.name} has the role ${person.role}.`
  throw new HttpError(403, 'role_too_low', message)
}
