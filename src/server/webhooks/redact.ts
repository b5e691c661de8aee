import { addressOf, headersOf } from '../../message/body.ts'
import type { Message } from '../../message/message.ts'
import type { CallableWebhook } from './callable.ts'
import { formsOf, mask, shortest } from './written-forms.ts'

/** A path's shorter words are everyone's. */
const shortestPathPart = 8

/** What a request was sent with and how its answer ends. */
export interface Answered {
  /** The `webhook-signature` of the request. */
  signature?: string | undefined
  /** Whether the text goes on where it ends, perhaps in the middle of a secret. */
  isCut: boolean
}

/**
 * Takes a webhook's secrets out of what its endpoint answered: some answer with the request itself.
 *
 * Its headers' values, name and password, parameters and path, and the signature. What is shorter than four
 * characters stays.
 */
export type Redact = (text: string, webhook: CallableWebhook, answered: Answered) => string

/** A redactor, which remembers what it looks for in each webhook's answers. */
export function createRedact(): Redact {
  const known = new WeakMap<CallableWebhook, readonly string[]>()

  return (text, webhook, { signature = '', isCut }) => {
    if (text.length < shortest) return text
    const own = known.get(webhook) ?? formsOf(secretParts(webhook))
    known.set(webhook, own)
    const forms = signature === '' ? own : [...formsOf(signature.split(' ')), ...own]
    const masked = forms.reduce((shown, form) => shown.replaceAll(form, mask), text)
    return isCut ? withoutBrokenEnd(masked, forms) : masked
  }
}

/** Everything about a webhook that only its owner knows, the longest first, so that no part is left of a whole. */
function secretParts(webhook: CallableWebhook): string[] {
  const { username = '', password = '' } = webhook.auth ?? {}
  const { authorization = '', ...headers } = headersOf({ ...webhook, headers: webhook.headers })
  const { pathname, search, searchParams } = new URL(addressOf({ ...webhook, method: 'POST' }, nothing))
  return [
    ...Object.values(headers),
    authorization,
    ...authorization.split(' ').slice(1),
    username,
    password,
    search.slice(1),
    ...searchParams.values(),
    pathname,
    ...pathname.split('/').filter(part => part.length >= shortestPathPart),
  ]
}

const nothing: Message = { id: '', timestamp: '', name: '', userId: null, events: [], data: {} }

/** Without the beginning of a secret that the cut has broken off. */
function withoutBrokenEnd(text: string, forms: readonly string[]): string {
  const broken = forms.flatMap(form => {
    const longest = Math.min(form.length - 1, text.length)
    for (let length = longest; length >= shortest; length--) {
      if (text.endsWith(form.slice(0, length))) return length
    }
    return []
  })
  return broken.length > 0 ? text.slice(0, -Math.max(...broken)) + mask : text
}
