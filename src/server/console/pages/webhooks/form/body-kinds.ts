import type { Webhook } from '../../../../../schema/webhook.ts'
import type { Json } from '../../../../../values/json.ts'

/** How a message is written for its endpoint. */
export type BodyKind = 'envelope' | 'data' | 'slack' | 'teams' | 'discord' | 'template'

export const bodyKinds: readonly { value: BodyKind; label: string }[] = [
  { value: 'envelope', label: 'The whole message' },
  { value: 'data', label: 'Its data alone' },
  { value: 'slack', label: 'A Slack message' },
  { value: 'teams', label: 'A Teams message' },
  { value: 'discord', label: 'A Discord message' },
  { value: 'template', label: 'A template of your own' },
]

/** What a chat message says by default. */
export const defaultChatText = '{userId} has reached the end of {tour.id}.'

/** How a webhook's body looks as form fields. */
export interface BodyFields {
  kind: BodyKind
  /** What a chat message says. */
  text: string
  /** A template of one's own, as JSON. */
  template: string
}

export function bodyFieldsOf(body: Webhook['body']): BodyFields {
  if (body === undefined || body === 'envelope') return { kind: 'envelope', text: '', template: '' }
  if (body === 'data') return { kind: 'data', text: '', template: '' }
  const template = JSON.stringify(body, null, 2)
  for (const kind of ['slack', 'teams', 'discord'] as const) {
    const text = chatTexts(body)[0]
    if (text !== undefined && JSON.stringify(chatBody(kind, text)) === JSON.stringify(body))
      return { kind, text, template }
  }
  return { kind: 'template', text: '', template }
}

/** @throws {SyntaxError} when a template of one's own is no JSON. */
export function bodyOfFields({ kind, text, template }: BodyFields): Webhook['body'] {
  if (kind === 'envelope') return undefined
  if (kind === 'data') return 'data'
  if (kind === 'template') return JSON.parse(template === '' ? '{}' : template)
  return chatBody(kind, text === '' ? defaultChatText : text)
}

function chatBody(kind: 'slack' | 'teams' | 'discord', text: string): Record<string, Json> {
  if (kind === 'slack') return { text }
  if (kind === 'discord') return { content: text }
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: { type: 'AdaptiveCard', version: '1.4', body: [{ type: 'TextBlock', text, wrap: true }] },
      },
    ],
  }
}

/** The texts in a body that a chat message may have been made of. */
function chatTexts(body: Json): string[] {
  if (typeof body !== 'object' || body === null) return []
  return Object.entries(body).flatMap(([key, value]) => {
    if (typeof value === 'string') return key === 'text' || key === 'content' ? [value] : []
    return chatTexts(value)
  })
}
