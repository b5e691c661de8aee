import * as z from 'zod/mini'
import { activitySchema, relayedSchema } from '../../../schema/activity.ts'
import { configSchema } from '../../../schema/config.ts'
import {
  changedDraftSchema,
  clashSchema,
  pageDraftSchema,
  pageTokenSchema,
  redeemedSchema,
  savedDraftSchema,
  unfitDraftSchema,
} from '../../console/on-page/edit-schemas.ts'
import { contentOperations } from './content-operations.ts'
import { deliveryOperations } from './delivery-operations.ts'
import { editor, type Operation, page } from './operation.ts'
import { peopleOperations } from './people-operations.ts'
import { webhookOperations } from './webhook-operations.ts'

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

  ...webhookOperations,
  ...deliveryOperations,
  ...contentOperations,
  ...peopleOperations,
]
