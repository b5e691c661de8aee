import * as z from 'zod/mini'
import { configSchema } from './config.ts'

/** As much of a JSON Schema as is looked at here. */
interface JsonSchema {
  [keyword: string]: unknown
  properties?: Record<string, JsonSchema>
  required?: string[]
  const?: unknown
  enum?: unknown[]
  oneOf?: JsonSchema[]
  anyOf?: JsonSchema[]
}

/**
 * The config's JSON Schema (draft 2020-12), for editors.
 *
 * Where a config may have one of several shapes, it is written so that an editor names what is wrong: of a step of
 * an unknown type it lists all types, instead of taking the first for the one that was meant.
 */
export function configJsonSchema(): object {
  return z.toJSONSchema(configSchema, {
    io: 'input',
    override: ({ jsonSchema }) => {
      const schema = jsonSchema as JsonSchema
      const { oneOf, anyOf } = schema
      delete schema.oneOf
      if (oneOf) Object.assign(schema, byDiscriminator(oneOf))
      if (!anyOf?.every(({ properties }) => properties)) return
      delete schema.anyOf
      Object.assign(schema, byKey(anyOf))
    },
  })
}

/** Shapes that differ by the value of one key, such as a step's type: all values of it, and then each shape. */
function byDiscriminator(branches: readonly JsonSchema[]): JsonSchema {
  const [first] = branches
  const key = Object.keys(first?.properties ?? {}).find(name =>
    branches.every(({ properties }) => valuesOf(properties?.[name]).length > 0),
  )
  if (key === undefined) return { oneOf: [...branches] }
  return {
    type: 'object',
    properties: { [key]: { enum: branches.flatMap(({ properties }) => valuesOf(properties?.[key])) } },
    required: [key],
    allOf: branches.map(branch => ({
      if: {
        type: 'object',
        properties: { [key]: { enum: valuesOf(branch.properties?.[key]) } },
        required: [key],
      },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: branch,
    })),
  }
}

function valuesOf({ const: only, enum: values }: JsonSchema = {}): unknown[] {
  return values ?? (only === undefined ? [] : [only])
}

/** Shapes that have one key each, such as a value's source: all those keys, of which one must be there. */
function byKey(branches: readonly JsonSchema[]): JsonSchema {
  const others = branches.flatMap(({ properties = {}, required = [] }) =>
    Object.keys(properties)
      .filter(name => !required.includes(name))
      .map(name => [name, required]),
  )
  return {
    type: 'object',
    properties: Object.assign({}, ...branches.map(({ properties }) => properties)),
    additionalProperties: false,
    oneOf: branches.map(({ required = [] }) => ({ type: 'object', required })),
    dependentRequired: Object.fromEntries(others),
  }
}
