import * as z from 'zod/mini'
import { jobStateSchema } from '../../../schema/admin/job-state.ts'
import {
  deliveryPageSchema,
  hourlyCountSchema,
  loggedDeliverySchema,
} from '../../../schema/admin/logged-delivery.ts'
import { admin, type Operation } from './operation.ts'

const filterNames = ['id', 'webhook', 'state', 'event', 'userId', 'since', 'until'] as const
const filter = z.object(Object.fromEntries(filterNames.map(name => [name, z.optional(z.string())])))
const key = z.object({ id: z.string(), webhook: z.string() })

/** What administrators do with the delivery log. */
export const deliveryOperations: readonly Operation[] = [
  admin('viewer', 'get deliveries', 'List deliveries, the newest first.', {
    query: [...filterNames, 'limit', 'cursor'],
    answers: { 200: deliveryPageSchema },
  }),
  admin('viewer', 'get hours', 'Count the attempts of each hour, by default of the last 24.', {
    query: ['webhook', 'since', 'until'],
    answers: { 200: z.object({ hours: z.array(hourlyCountSchema) }) },
  }),
  admin('owner', 'post deliveries/replay', 'Send again all that match, also what waits.', {
    body: filter,
    answers: { 202: z.object({ replayed: z.int() }) },
  }),
  admin('owner', 'post deliveries/cancel', 'Give up all that match and still wait.', {
    body: filter,
    answers: { 202: z.object({ canceled: z.int() }) },
  }),
  admin('viewer', 'get deliveries/{id}', 'Look at a delivery and its attempts.', {
    query: ['webhook'],
    answers: { 200: loggedDeliverySchema },
  }),
  admin('author', 'post deliveries/{id}/resend', 'Send a delivery again, under its id.', {
    query: ['webhook'],
    answers: { 202: key },
  }),
  admin('author', 'post deliveries/{id}/cancel', 'Give a delivery up that still waits.', {
    query: ['webhook'],
    answers: { 202: key },
  }),

  admin('viewer', 'get jobs', 'List what was sent again or cancelled in one go, the newest first.', {
    answers: { 200: z.object({ jobs: z.array(jobStateSchema) }) },
  }),
  admin('owner', 'post jobs', 'Begin to send again, or to cancel, all that match, at most 10,000.', {
    body: z.object({ kind: z.enum(['resend', 'cancel']), filter }),
    answers: { 202: jobStateSchema },
  }),
  admin('viewer', 'get jobs/{id}', 'See how far a job is.', { answers: { 200: jobStateSchema } }),
  admin('owner', 'post jobs/{id}/stop', 'End a job after its present slice.', {
    answers: { 200: jobStateSchema },
  }),
]
