import type { IncomingHttpHeaders } from 'node:http'

/** What the panel's switches say. */
export interface Settings {
  answer: AnswerName
  cors: boolean
}

export type AnswerName = '200' | '503' | '429' | '410' | 'hang'

interface Answer {
  /** `null`: none at all. */
  status: number | null
  headers?: Record<string, string>
}

/** `hang` takes the request and never answers it. */
export const answers: Record<AnswerName, Answer> = {
  '200': { status: 200 },
  '503': { status: 503 },
  '429': { status: 429, headers: { 'retry-after': '3' } },
  '410': { status: 410 },
  hang: { status: null },
}

export function preflightAnswer({ cors }: Settings): Answer {
  return { status: cors ? 204 : 405 }
}

/** The settings in a parsed body, or `undefined` when they are none. */
export function parseSettings(settings: unknown): Settings | undefined {
  if (typeof settings !== 'object' || settings === null) return undefined
  if (!('answer' in settings) || !('cors' in settings)) return undefined
  const { answer, cors } = settings
  const isAnswer = typeof answer === 'string' && Object.hasOwn(answers, answer)
  return isAnswer && typeof cors === 'boolean' ? { answer: answer as AnswerName, cors } : undefined
}

/** What lets a page of another origin post JSON here, and read the answer. */
export function corsHeaders({ origin }: IncomingHttpHeaders): Record<string, string> {
  if (origin === undefined) return {}
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-headers': 'content-type',
    'access-control-allow-methods': 'GET, POST',
    'access-control-expose-headers': 'Retry-After',
    // Else a browser asks once and keeps the leave, and turning CORS off would show nothing.
    'access-control-max-age': '0',
    vary: 'Origin',
  }
}
