import type { Emitter } from '../../emitter/emitter.ts'
import type { Delivery } from '../../stores/store.ts'
import { readVisitor, type Visitor } from '../../visitors/visitor.ts'
import type { Actor, Person } from '../access/person.ts'
import type { AuditTrail } from '../audit-trail.ts'
import type { Mask } from '../masking/mask.ts'
import type { DeliveryService } from './delivery-service.ts'

/** What is kept of one user. */
export interface KnownUser {
  /** Absent when nothing is known but messages. */
  visitor?: Visitor | undefined
  /** The newest ones. */
  deliveries: Delivery[]
}

/** What people do with users. */
export interface UserService {
  /** What is kept of a user, as this person may see it; `undefined` when nothing is. */
  look(person: Person, id: string): Promise<KnownUser | undefined>
  /** Erases what is kept of a user, and what their messages said. */
  forget(actor: Actor, id: string): Promise<void>
}

export interface UserServiceOptions {
  emitter: Pick<Emitter, 'read' | 'forget'>
  deliveries: Pick<DeliveryService, 'list'>
  audit: AuditTrail
  mask: Pick<Mask, 'visitor'>
}

export function createUserService({ emitter, deliveries, audit, mask }: UserServiceOptions): UserService {
  return {
    async look(person, id) {
      const kept = readVisitor(await emitter.read(`user:${id}`))
      const visitor = kept && mask.visitor(person, kept)
      const page = await deliveries.list(person, { userId: id, limit: 10 })
      return visitor || page.deliveries.length > 0 ? { visitor, deliveries: page.deliveries } : undefined
    },
    async forget(actor, id) {
      await emitter.forget(id)
      // Who was forgotten would be kept by saying so.
      await audit.record(actor, { action: 'had a user forgotten', target: 'users' })
    },
  }
}
