import * as z from 'zod/mini'
import { subscriptionSchema } from '../../../schema/event.ts'
import type { Operation } from './operation.ts'
import { operations } from './operations.ts'

const json = 'application/json'

const errorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), path: z.optional(z.string()) }),
})

/** What a webhook of the server receives. */
const messageSchema = z.object({
  id: z.string(),
  timestamp: z.iso.datetime(),
  name: z.string(),
  userId: z.nullable(z.string()),
  events: z.array(z.object({ name: z.string(), id: z.optional(z.string()) })),
  data: z.record(z.string(), z.json()),
})

/**
 * The companion's API as OpenAPI 3.1, made of the schemas that check it.
 *
 * Under `webhooks` stand the ten events and the four operational ones, as a receiver gets them.
 *
 * @see https://spec.openapis.org/oas/v3.1.0
 */
export function openApiDocument(): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: described(operation) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Tourhook companion', version: '1' },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    paths,
    webhooks: Object.fromEntries(subscriptionSchema.options.map(name => [name, { post: receivedAt(name) }])),
    components: {
      securitySchemes: {
        adminToken: { type: 'http', scheme: 'bearer' },
        pageToken: { type: 'http', scheme: 'bearer' },
      },
      schemas: { Error: schemaOf(errorSchema, 'output'), Message: schemaOf(messageSchema, 'output') },
    },
  }
}

function described({ path, summary, role, isEditor, query = [], body, answers }: Operation): object {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const inQuery = query.map(name => ({ name, in: 'query', schema: { type: 'string' } }))
  return {
    summary,
    // The role that it takes; OpenAPI has no other place for it with a bearer's token.
    ...(role && { security: [{ adminToken: [] }], 'x-role': role }),
    ...(isEditor && { security: [{ pageToken: [] }] }),
    parameters: [...inPath, ...inQuery],
    ...(body && { requestBody: { required: true, content: { [json]: { schema: schemaOf(body, 'input') } } } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, schema]) => [status, answerOf(schema, Number(status))]),
      ),
      default: {
        description: 'Turned away; `code` says why to a program, `message` to a person.',
        content: { [json]: { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  }
}

function answerOf(schema: z.ZodMiniType | undefined, status: number): object {
  const description = status < 400 ? 'Done.' : 'Nothing was kept.'
  if (!schema) return { description }
  return { description, content: { [json]: { schema: schemaOf(schema, 'output') } } }
}

function receivedAt(name: string): object {
  const headers = ['webhook-id', 'webhook-timestamp', 'webhook-signature']
  return {
    summary: `Sent at ${name}, signed by Standard Webhooks where the webhook has a secret.`,
    parameters: headers.map(name => ({ name, in: 'header', schema: { type: 'string' } })),
    requestBody: { content: { [json]: { schema: { $ref: '#/components/schemas/Message' } } } },
    responses: { '2XX': { description: 'Taken; anything else is tried again, 410 never.' } },
  }
}

function schemaOf(schema: z.ZodMiniType, io: 'input' | 'output'): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}
