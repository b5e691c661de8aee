import * as z from 'zod/mini'
import { activitySchema, relayedSchema } from '../../../schema/activity.ts'
import {
  deliveryPageSchema,
  loggedAttemptSchema,
  loggedDeliverySchema,
} from '../../../schema/admin/logged-delivery.ts'
import { probeResultSchema, webhookStateSchema } from '../../../schema/admin/webhook-state.ts'
import { configSchema } from '../../../schema/config.ts'
import { webhookSchema } from '../../../schema/webhook.ts'
import {
  changedDraftSchema,
  clashSchema,
  pageDraftSchema,
  pageTokenSchema,
  redeemedSchema,
  savedDraftSchema,
  unfitDraftSchema,
} from '../../console/on-page/edit-schemas.ts'

/** One thing that the companion can be asked. */
export interface Operation {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Below the companion's address, `{id}` for what stands there. */
  path: string
  /** One sentence, for a list. */
  summary: string
  /** Whether it is for administrators, with the token as bearer. */
  isAdmin: boolean
  /** Whether it is for the editor on a page, with its token as bearer. */
  isEditor?: boolean
  /** The names of its query parameters. */
  query?: readonly string[]
  body?: z.ZodMiniType
  /** What the answer holds, by its status; none for an empty one. */
  answers: Readonly<Record<number, z.ZodMiniType | undefined>>
}

const filterNames = ['id', 'webhook', 'state', 'event', 'userId', 'since', 'until'] as const
const filter = z.object(Object.fromEntries(filterNames.map(name => [name, z.optional(z.string())])))
const secret = z.object({ secret: z.string() })

/** All that `/v1` answers. */
export const operations: readonly Operation[] = [
  page('post', '/v1/events', 'Report what a visitor did.', {
    body: activitySchema,
    answers: { 202: z.object({ id: z.string(), counted: z.boolean() }) },
  }),
  page('post', '/v1/relay/{webhook}', 'Pass a message on to a webhook.', {
    body: relayedSchema,
    answers: { 202: z.object({ id: z.string() }) },
  }),
  page('get', '/v1/config.json', 'The config as pages may see it.', { answers: { 200: configSchema } }),
  page('post', '/v1/edit/session', 'Exchange the code in a page’s address for a token.', {
    body: redeemedSchema,
    answers: { 200: pageTokenSchema },
  }),
  editor('delete', 'session', 'End the work on a page.', { answers: { 204: undefined } }),
  editor('get', 'draft', 'Read the draft that the token is for.', { answers: { 200: pageDraftSchema } }),
  editor('put', 'draft', 'Save the draft, merged with what others have saved since.', {
    body: changedDraftSchema,
    answers: { 200: savedDraftSchema, 409: clashSchema, 422: unfitDraftSchema },
  }),

  admin('get', 'webhooks', 'List the webhooks.', {
    answers: { 200: z.object({ webhooks: z.array(webhookStateSchema) }) },
  }),
  admin('post', 'webhooks', 'Make a webhook; its secret is shown this once.', {
    body: webhookSchema,
    answers: { 201: z.object({ webhook: webhookStateSchema, secret: z.string() }) },
  }),
  admin('get', 'webhooks/{id}', 'Look at a webhook.', { answers: { 200: webhookStateSchema } }),
  admin('patch', 'webhooks/{id}', 'Change a webhook by a merge patch; null removes an entry.', {
    body: z.record(z.string(), z.json()),
    answers: { 200: webhookStateSchema },
  }),
  admin('delete', 'webhooks/{id}', 'Remove a webhook.', { answers: { 204: undefined } }),
  admin('post', 'webhooks/{id}/enable', 'Send what has waited, and what comes.', {
    answers: { 200: webhookStateSchema },
  }),
  admin('post', 'webhooks/{id}/disable', 'Keep what comes until it is enabled.', {
    answers: { 200: webhookStateSchema },
  }),
  admin(
    'post',
    'webhooks/{id}/rotate-secret',
    'Sign with a new secret; the old one signs as well for 24 hours.',
    {
      answers: { 200: secret },
    },
  ),
  admin('post', 'webhooks/{id}/test', 'Send a signed sample at once.', {
    answers: { 200: loggedAttemptSchema },
  }),
  admin('post', 'probe', 'Ask an endpoint as a browser would.', {
    body: z.object({
      url: z.string(),
      origin: z.optional(z.string()),
      headers: z.optional(z.array(z.string())),
    }),
    answers: { 200: probeResultSchema },
  }),

  admin('get', 'deliveries', 'List deliveries, the newest first.', {
    query: [...filterNames, 'limit', 'cursor'],
    answers: { 200: deliveryPageSchema },
  }),
  admin('post', 'deliveries/replay', 'Send again all that match, also what waits.', {
    body: filter,
    answers: { 202: z.object({ replayed: z.int() }) },
  }),
  admin('post', 'deliveries/cancel', 'Give up all that match and still wait.', {
    body: filter,
    answers: { 202: z.object({ canceled: z.int() }) },
  }),
  admin('get', 'deliveries/{id}', 'Look at a delivery and its attempts.', {
    query: ['webhook'],
    answers: { 200: loggedDeliverySchema },
  }),
  admin('post', 'deliveries/{id}/resend', 'Send a delivery again, under its id.', {
    query: ['webhook'],
    answers: { 202: z.object({ id: z.string(), webhook: z.string() }) },
  }),

  admin('delete', 'users/{id}', 'Forget a user, and what their messages said.', {
    answers: { 204: undefined },
  }),
]

type Rest = Pick<Operation, 'query' | 'body' | 'answers'>

function page(method: Operation['method'], path: string, summary: string, rest: Rest): Operation {
  return { method, path, summary, isAdmin: false, ...rest }
}

function editor(method: Operation['method'], path: string, summary: string, rest: Rest): Operation {
  return { method, path: `/v1/edit/${path}`, summary, isAdmin: false, isEditor: true, ...rest }
}

function admin(method: Operation['method'], path: string, summary: string, rest: Rest): Operation {
  return { method, path: `/v1/admin/${path}`, summary, isAdmin: true, ...rest }
}
