import { own } from '../../values/json.ts'
import { didYouMean } from './did-you-mean.ts'
import { wordHint } from './synonyms.ts'

/** Where a key stands, for those who have put it elsewhere. */
const homes: Record<string, string> = {
  url: 'a webhook',
  method: 'a webhook',
  transport: 'a webhook',
  headers: 'a webhook',
  auth: 'a webhook',
  query: 'a webhook',
  secret: 'a webhook',
  events: 'a webhook',
  contents: 'a webhook',
  data: 'a webhook or a trigger',
  webhook: '"trigger": { "type": "webhook", "webhook": "…" }',
  webhooks: 'the whole config, beside "tours"',
  tours: 'the whole config, beside "webhooks"',
  steps: 'a tour',
  start: 'a tour',
  triggers: 'a tour',
  fields: 'a step of type "modal", "pointer" or "slideout"',
  title: 'a step, a checklist or its items',
  content: 'a step or a banner',
  element: 'a step of type "pointer"',
  place: 'a step of type "pointer"',
  options: 'a field of type "select", "radio" or "checkbox"',
  items: 'a checklist',
  on: 'the tour\'s "triggers"',
  step: 'a trigger with "on": "step"',
  repeat: '"trigger"',
}

/** What to write where an object is expected; an entry of an array is named after the array. */
const examples: Record<string, string> = {
  'webhooks[]': '{ "id": "crm", "url": "https://…" }',
  'tours[]': '{ "id": "welcome", "steps": [ … ] }',
  'steps[]': '{ "type": "modal", "title": "…" }',
  'fields[]': '{ "name": "role", "type": "text" }',
  'items[]': '{ "id": "invite", "title": "…" }',
  'tags{}': '{ "is": "pro" }',
  trigger: '{ "type": "webhook", "webhook": "crm" }',
  start: '{ "url": "/projects/*" }, or {} for every page',
  data: '{ "email": { "tag": "email" } }',
  headers: '{ "X-Team": "growth" }',
  query: '{ "source": "tour" }',
  auth: '{ "username": "…", "password": "…" }',
}

/** What to do about a key that is not known here. */
export function keyHint(key: string, value: unknown, known: readonly string[]): string {
  const meant = wordHint(key, known) || didYouMean(key, known)
  if (meant) return meant
  const isAround = isObject(value) && Object.keys(value).some(inner => known.includes(inner))
  if (isAround) return '; what is in it belongs here, without it around'
  if (/^(\/\/|#|_?comments?)$/i.test(key)) return '; a config has no comments'
  const home = own(homes, key)
  return home === undefined ? '' : `; it belongs to ${home}`
}

/** What to write in place of a value that is of the wrong kind. */
export function shapeHint(expected: string, input: unknown, path: PropertyKey[], isSecret: boolean): string {
  const written = typeof input === 'string' ? input.trim() : undefined
  switch (expected) {
    case 'array':
      return arrayHint(input)
    case 'string':
      if (typeof input === 'number' || typeof input === 'boolean')
        return isSecret ? '; put quotes around it' : `; write "${input}"`
      return isObject(input) && path.at(-1) === 'webhook' ? "; write the webhook's id" : ''
    case 'boolean':
      return written === 'true' || written === 'false' ? '; leave out the quotes' : ''
    case 'number':
    case 'int':
      return written && Number.isFinite(Number(written)) ? '; leave out the quotes' : ''
    default: {
      const example = own(examples, placeOf(path))
      return example === undefined ? '' : `; write ${example}`
    }
  }
}

function arrayHint(input: unknown): string {
  if (typeof input === 'string') return '; write [ ] around it'
  if (!isObject(input)) return ''
  const [[key, value] = []] = Object.entries(input)
  const isByName = isObject(value) && Object.values(input).every(isObject)
  return isByName ? `; write [{ "id": ${JSON.stringify(key).slice(0, 40)}, … }]` : '; write [ ] around it'
}

/** The key of `examples` that a path stands for. */
function placeOf(path: PropertyKey[]): string {
  const [around, last] = [path.at(-2), path.at(-1)].map(String)
  if (typeof path.at(-1) === 'number') return `${around}[]`
  return around === 'tags' ? 'tags{}' : (last ?? '')
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
