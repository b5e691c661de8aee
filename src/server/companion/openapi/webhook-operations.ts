import * as z from 'zod/mini'
import { auditLineSchema } from '../../../schema/admin/audit-line.ts'
import { loggedAttemptSchema } from '../../../schema/admin/logged-delivery.ts'
import { probeResultSchema, webhookStateSchema } from '../../../schema/admin/webhook-state.ts'
import { webhookSchema } from '../../../schema/webhook.ts'
import { admin, type Operation } from './operation.ts'

const one = { answers: { 200: webhookStateSchema } }

/** What administrators do with webhooks. */
export const webhookOperations: readonly Operation[] = [
  admin('viewer', 'get webhooks', 'List the webhooks.', {
    answers: { 200: z.object({ webhooks: z.array(webhookStateSchema) }) },
  }),
  admin('owner', 'post webhooks', 'Make a webhook; its secret is shown this once.', {
    body: webhookSchema,
    answers: { 201: z.object({ webhook: webhookStateSchema, secret: z.string() }) },
  }),
  admin('viewer', 'get webhooks/{id}', 'Look at a webhook.', one),
  admin('owner', 'patch webhooks/{id}', 'Change a webhook by a merge patch; null removes an entry.', {
    body: z.record(z.string(), z.json()),
    ...one,
  }),
  admin('owner', 'delete webhooks/{id}', 'Remove a webhook, unless published tours send it.', {
    answers: { 204: undefined },
  }),
  admin('owner', 'get webhooks/{id}/settings', 'See its address and parameters, and the rev for a change.', {
    answers: { 200: z.looseObject({ id: z.string(), rev: z.string(), headerNames: z.array(z.string()) }) },
  }),
  admin('viewer', 'get webhooks/{id}/uses', 'List the places where tours send it.', {
    answers: {
      200: z.object({
        uses: z.array(
          z.looseObject({ tour: z.string(), name: z.string(), where: z.string(), isPublished: z.boolean() }),
        ),
      }),
    },
  }),
  admin('viewer', 'get webhooks/{id}/history', 'List what was done to it, the newest first.', {
    query: ['limit', 'before'],
    answers: { 200: z.object({ history: z.array(auditLineSchema), next: z.optional(z.int()) }) },
  }),
  admin('owner', 'post webhooks/{id}/enable', 'Send what has waited, and what comes.', one),
  admin('owner', 'post webhooks/{id}/disable', 'Keep what comes until it is enabled.', one),
  admin(
    'owner',
    'post webhooks/{id}/rotate-secret',
    'Sign with a new secret; the old one signs as well for 24 hours.',
    { answers: { 200: z.object({ secret: z.string() }) } },
  ),
  admin('author', 'post webhooks/{id}/test', 'Send a signed sample at once.', {
    answers: { 200: loggedAttemptSchema },
  }),
  admin('owner', 'post probe', 'Ask an endpoint as a browser would.', {
    body: z.object({
      url: z.string(),
      origin: z.optional(z.string()),
      headers: z.optional(z.array(z.string())),
    }),
    answers: { 200: probeResultSchema },
  }),
]
