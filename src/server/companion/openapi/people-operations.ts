import * as z from 'zod/mini'
import { auditLineSchema } from '../../../schema/admin/audit-line.ts'
import { knownPersonSchema, signedInSchema, userDetailSchema } from '../../../schema/admin/known-person.ts'
import { admin, type Operation } from './operation.ts'

/** What administrators do with people: with each other, and with the users of the site. */
export const peopleOperations: readonly Operation[] = [
  admin('viewer', 'get me', 'See whose token this is.', { answers: { 200: knownPersonSchema } }),
  admin('owner', 'get people', 'List who has a token.', {
    answers: { 200: z.object({ people: z.array(knownPersonSchema) }) },
  }),
  admin('owner', 'get sessions', 'List who is signed in to the console.', {
    answers: { 200: z.object({ sessions: z.array(signedInSchema) }) },
  }),
  admin('owner', 'delete sessions/{id}', 'End a session.', { answers: { 204: undefined } }),
  admin('viewer', 'get audit', 'List who did what, the newest first.', {
    query: ['limit', 'before', 'target'],
    answers: { 200: z.object({ audit: z.array(auditLineSchema), next: z.optional(z.int()) }) },
  }),
  admin('viewer', 'get users/{id}', 'Look at what is kept of a user.', { answers: { 200: userDetailSchema } }),
  admin('owner', 'delete users/{id}', 'Forget a user, and what their messages said.', {
    answers: { 204: undefined },
  }),
]
