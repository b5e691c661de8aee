import type { Data, Source } from '../../../schema/data.ts'
import type { Json } from '../../../values/json.ts'

/** Values that really came, by the name of their tag or answer. */
export type SeenValues = Readonly<Record<string, Json>>

const byName: Record<string, Json> = {
  email: 'ada@example.com',
  mail: 'ada@example.com',
  firstname: 'Ada',
  lastname: 'Lovelace',
  name: 'Ada Lovelace',
  userid: 'user_123',
  plan: 'pro',
  role: 'Developer',
  company: 'Example Ltd',
  rating: 4,
  nps: 9,
  score: 9,
  note: 'Looks good so far.',
  language: 'en',
}

const pageExamples: Record<string, Json> = {
  url: 'https://www.example.com/start',
  fullUrl: 'https://www.example.com/start?ref=mail',
  fullReferrer: 'https://www.example.com/?from=mail',
  path: '/start',
  title: 'Start',
  referrer: 'https://www.example.com/',
  language: 'en-GB',
}

const tourExamples: Record<string, Json> = {
  step: 'send',
  startedAt: '2026-11-23T09:00:00.000Z',
  outcome: 'completed',
}

/** What a source may come to; a value that really came before one that is made up. */
export function exampleOf(
  source: Source,
  {
    seen = {},
    tour = { id: 'welcome', name: 'Welcome' },
  }: { seen?: SeenValues; tour?: { id: string; name?: string | undefined } } = {},
): Json {
  if ('value' in source) return source.value
  if ('tag' in source) return exampleNamed(source.tag, seen)
  if ('answer' in source) return exampleNamed(source.answer, seen)
  if ('page' in source) return pageExamples[source.page] ?? ''
  if ('tour' in source) {
    if (source.tour === 'id') return tour.id
    if (source.tour === 'name') return tour.name ?? tour.id
    return tourExamples[source.tour] ?? ''
  }
  return 'attribute' in source && source.attribute !== undefined ? '…' : 'what the page shows there'
}

/** Each key with an example. */
export function exampleData(data: Data, known: Parameters<typeof exampleOf>[1]): Record<string, Json> {
  return Object.fromEntries(Object.entries(data).map(([key, source]) => [key, exampleOf(source, known)]))
}

/** An example for a tag or an answer of this name. */
export function exampleNamed(name: string, seen: SeenValues = {}): Json {
  if (Object.hasOwn(seen, name)) return seen[name] ?? ''
  const plain = name.toLowerCase().replace(/[^a-z]/g, '')
  return Object.hasOwn(byName, plain) ? (byName[plain] ?? '') : `(${name})`
}
