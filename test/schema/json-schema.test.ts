import { Ajv2020 } from 'ajv/dist/2020.js'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { configJsonSchema } from '../../src/schema/index.ts'

/** As much of a JSON Schema as the config's uses. */
interface Schema {
  description?: string
  const?: unknown
  enum?: unknown[]
  properties?: Record<string, Schema>
  additionalProperties?: Schema | boolean
  items?: Schema
  required?: string[]
  oneOf?: Schema[]
  anyOf?: Schema[]
  allOf?: { then: Schema }[]
}

/** What an editor shows of one key: in a JSON file, and in code. */
interface Documented {
  path: string
  inJson: string | undefined
  inCode: string
}

const program = ts.createProgram(['src/schema/config.ts'], {
  strict: true,
  exactOptionalPropertyTypes: true,
  allowImportingTsExtensions: true,
  noEmit: true,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  module: ts.ModuleKind.ESNext,
  target: ts.ScriptTarget.ES2022,
})
const checker = program.getTypeChecker()

function typeOf(name: string): ts.Type {
  const file = program.getSourceFile('src/schema/config.ts')
  const declared = file?.statements.find(node => ts.isInterfaceDeclaration(node) && node.name.text === name)
  if (!declared || !ts.isInterfaceDeclaration(declared)) throw new Error(`there is no interface ${name}`)
  return checker.getTypeAtLocation(declared.name)
}

/** Every key of a schema, beside the same key of the type. */
function documented(schema: Schema, type: ts.Type, path = ''): Documented[] {
  const members = type.isUnion() ? type.types : [type]
  const branches = branchesOf(schema)
  if (branches) return branches.flatMap(branch => documented(branch, memberFor(branch, members), path))
  if (schema.items) {
    const [item] = checker.getTypeArguments(memberFor(schema, members) as ts.TypeReference)
    return item ? documented(schema.items, item, `${path}[]`) : []
  }
  if (typeof schema.additionalProperties === 'object') {
    const value = memberFor(schema, members).getStringIndexType()
    return value ? documented(schema.additionalProperties, value, `${path}.*`) : []
  }
  if (!schema.properties) return []
  const member = memberFor(schema, members)
  expect(Object.keys(schema.properties).sort(), path).toEqual(keysOf(member))
  return Object.entries(schema.properties).flatMap(([key, property]) => {
    const symbol = member.getProperty(key)
    if (!symbol) throw new Error(`${path}.${key} is in no type`)
    const inner = checker.getNonNullableType(checker.getTypeOfSymbol(symbol))
    const at = `${path}.${key}`
    const comment = ts.displayPartsToString(symbol.getDocumentationComment(checker)).replace(/\s+/g, ' ')
    return [{ path: at, inJson: property.description, inCode: comment }, ...documented(property, inner, at)]
  })
}

/** The shapes that a value may have, each on its own. */
function branchesOf({ anyOf, allOf, oneOf, properties = {} }: Schema): Schema[] | undefined {
  if (allOf) return allOf.map(({ then }) => then)
  if (!oneOf) return anyOf
  const required = oneOf.flatMap(branch => branch.required ?? [])
  return oneOf.map(branch => {
    const others = Object.keys(properties).filter(name => !required.includes(name))
    const own = branch.required?.includes('element') ? [...branch.required, ...others] : (branch.required ?? [])
    return { properties: Object.fromEntries(own.map(name => [name, properties[name] ?? {}])) }
  })
}

/** The part of a union that a branch of the schema is about: it has the same keys, and the same first constant. */
function memberFor({ properties, items, additionalProperties }: Schema, members: ts.Type[]): ts.Type {
  const found = members.find(member => {
    if (items) return checker.isArrayType(member)
    if (!properties) return additionalProperties === undefined || member.getStringIndexType() !== undefined
    return (
      Object.keys(properties).sort().join() === keysOf(member).join() &&
      ['type', 'on'].every(key => isSame(member.getProperty(key), properties[key]))
    )
  })
  if (!found) throw new Error(`no type has the keys ${Object.keys(properties ?? {}).join(', ')}`)
  return found
}

function isSame(symbol: ts.Symbol | undefined, property: Schema | undefined): boolean {
  if (!symbol || !property) return symbol === property
  const type = checker.getTypeOfSymbol(symbol)
  const inCode = (type.isUnion() ? type.types : [type]).map(part => part.isStringLiteral() && part.value)
  const inJson = property.enum ?? [property.const]
  return inJson.every(value => inCode.includes(value as string)) && inJson.length === inCode.length
}

function keysOf(type: ts.Type): string[] {
  return checker
    .getPropertiesOfType(type)
    .map(({ name }) => name)
    .sort()
}

describe('what an editor says', () => {
  const validate = new Ajv2020({ strictSchema: true, allErrors: true, allowUnionTypes: true }).compile(
    configJsonSchema(),
  )
  const tour = (rest: object) => ({ tours: [{ id: 'a', ...rest }] })
  const webhook = (rest: object) => ({ webhooks: [{ id: 'a', url: 'https://a.example', ...rest }] })

  /** The faults of a config: where, and the keyword or the values that are allowed. */
  function faultsOf(config: unknown): unknown[] {
    validate(config)
    return (validate.errors ?? []).map(({ instancePath, keyword, params }) => [
      instancePath,
      params.allowedValues ?? params.additionalProperty ?? params.missingProperty ?? keyword,
    ])
  }

  it('of a step of an unknown type names all types, and nothing else', () => {
    expect(faultsOf(tour({ steps: [{ type: 'modl' }] }))).toEqual([
      ['/tours/0/steps/0/type', ['modal', 'pointer', 'slideout', 'trigger']],
    ])
    expect(faultsOf(tour({ steps: [{}] }))).toEqual([['/tours/0/steps/0', 'type']])
  })

  it('of a tour’s trigger on an unknown occasion names all occasions', () => {
    const trigger = { type: 'webhook', webhook: 'a' }
    expect(faultsOf(tour({ triggers: [{ on: 'complete', trigger }] }))).toEqual([
      ['/tours/0/triggers/0/on', ['started', 'completed', 'closed', 'step']],
    ])
  })

  it('of a misspelt key names the key, whatever the step’s type', () => {
    expect(faultsOf(tour({ steps: [{ type: 'modal', titel: 'Hi' }] }))).toEqual([
      ['/tours/0/steps/0', 'titel'],
      // `then` has failed.
      ['/tours/0/steps/0', 'if'],
    ])
    expect(faultsOf(webhook({ data: { a: { tga: 'plan' } } }))).toContainEqual(['/webhooks/0/data/a', 'tga'])
  })

  it('of a value of the page that there is not names those that there are', () => {
    expect(faultsOf(webhook({ data: { a: { page: 'uri' } } }))).toEqual([
      ['/webhooks/0/data/a/page', expect.arrayContaining(['url', 'fullUrl'])],
    ])
  })

  it.each(['http://hooks.example.com', 'hooks.example.com', 'http://localhost.example.com', 'ftp://a.example'])(
    'of the address %s that it does not fit',
    url => {
      expect(faultsOf(webhook({ url }))).toEqual([['/webhooks/0/url', 'pattern']])
    },
  )

  it.each([
    'HTTPS://A.EXAMPLE',
    'http://localhost:1/x',
    'http://a.localhost',
    'http://127.0.0.1',
    'http://[::1]:1',
  ])('of the address %s nothing', url => {
    expect(faultsOf(webhook({ url }))).toEqual([])
  })
})

describe('what an editor shows', () => {
  const all = documented(configJsonSchema() as Schema, typeOf('Config'))

  it('is there for every key of a config', () => {
    expect(all.length).toBeGreaterThan(80)
    expect(all.filter(({ inJson, inCode }) => !inJson || !inCode)).toEqual([])
  })

  it('is the same in a JSON file as in code', () => {
    expect(all.map(({ path, inJson }) => [path, inJson])).toEqual(all.map(({ path, inCode }) => [path, inCode]))
  })
})
