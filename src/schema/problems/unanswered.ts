import { placeholdersIn } from '../../values/placeholder.ts'
import { type Problem, pathText } from './config-error.ts'
import { createDidYouMean, type DidYouMean } from './did-you-mean.ts'
import { filledTexts } from './gathering.ts'
import { type Gathered, gatheredIn, type Outline, type TourOutline } from './outline.ts'

/**
 * Answers that nobody is asked for, as far as the config shows.
 *
 * They are warnings: a page's own code may answer, too (`run.answer('role', 'Developer')`).
 */
export function unansweredWarnings(outline: Outline): Problem[] {
  const everyAnswer = new Set(outline.tours.flatMap(fieldNames))
  const hint = createDidYouMean()
  const gathered = gatheredIn(outline)
  const tags = tagsIn(outline, gathered)
  const keys = keysByWebhook(gathered)
  return [
    ...gathered.flatMap(({ path, data, tour }) =>
      Object.entries(data).flatMap(([key, { answer }]) => {
        const message = answer === undefined ? undefined : answerProblem(answer, path, tour, everyAnswer, hint)
        return message === undefined ? [] : [{ path: pathText([...path, key, 'answer']), message }]
      }),
    ),
    ...filledTexts(outline).flatMap(({ path, text, webhook, tour }) => {
      const names = placeholdersIn(text)
      if (names.length === 0) return []
      const answers = tour ? fieldNames(tour) : everyAnswer
      const known = new Set([...answers, ...tags, ...(keys.get(webhook ?? '') ?? [])])
      return names.flatMap(name => {
        const message = placeholderProblem(name, path, tour, everyAnswer, known, hint)
        return message === undefined ? [] : [{ path: pathText(path), message }]
      })
    }),
  ]
}

function placeholderProblem(
  placeholder: string,
  path: PropertyKey[],
  tour: TourOutline | undefined,
  everyAnswer: Set<string>,
  known: Set<string>,
  hint: DidYouMean,
): string | undefined {
  const [, answer] = /^answer\.(.+)$/.exec(placeholder) ?? []
  if (answer !== undefined) {
    const problem = answerProblem(answer, path, tour, everyAnswer, hint)
    return problem && `{${placeholder}}: ${problem}`
  }
  if (placeholder.includes('.') || known.has(placeholder)) return undefined
  // It may be one of the page's tags, which the config does not name; but not when it looks like a slip.
  const guess = hint(placeholder, known)
  return guess === '' ? undefined : `{${placeholder}} is no answer, and no tag that the config names${guess}`
}

function answerProblem(
  answer: string,
  path: PropertyKey[],
  tour: TourOutline | undefined,
  everyAnswer: Set<string>,
  hint: DidYouMean,
): string | undefined {
  const known = tour ? new Set(fieldNames(tour)) : everyAnswer
  if (known.has(answer)) return tour && orderProblem(answer, path, tour)
  if (known.size === 0) {
    // Another library, or the page's own code, asks.
    const guess = hint(answer, everyAnswer)
    return guess === '' ? undefined : `no field has the name "${answer}"${guess}`
  }
  const remedy = hint(answer, known) || nameHint(answer, tour)
  return `no field${tour ? ' of this tour' : ''} has the name "${answer}"${remedy}`
}

/** A field that is called by its question, or by its step. */
function nameHint(answer: string, tour: TourOutline | undefined): string {
  const fields = (tour?.steps ?? []).flatMap(({ id, fields = [] }) =>
    fields.map(field => ({ ...field, step: id })),
  )
  const last = answer.slice(answer.lastIndexOf('.') + 1)
  const meant = fields.find(({ name, label, step }) => label === answer || step === answer || name === last)
  return meant?.name === undefined ? '' : `; did you mean "${meant.name}"?`
}

/** An answer that is used before its question comes. */
function orderProblem(
  answer: string,
  [, , list, at]: PropertyKey[],
  { steps = [], triggers = [] }: TourOutline,
): string | undefined {
  const asked = steps.findIndex(({ fields = [] }) => fields.some(({ name }) => name === answer))
  if (list === 'steps' && Number(at) < asked)
    return `"${answer}" is asked in step ${asked + 1}, after this step ${Number(at) + 1}; it has no value yet`
  const { on } = (list === 'triggers' ? triggers[Number(at)] : undefined) ?? {}
  return on === 'started' ? `"${answer}" has no value yet when the tour starts` : undefined
}

function fieldNames({ steps = [] }: TourOutline): string[] {
  return steps.flatMap(({ fields = [] }) => fields.flatMap(({ name }) => (name === undefined ? [] : [name])))
}

/** The keys of what is gathered for each webhook. */
function keysByWebhook(gathered: readonly Gathered[]): Map<string, string[]> {
  const keys = new Map<string, string[]>()
  for (const { webhook = '', data } of gathered) {
    const known = keys.get(webhook) ?? []
    known.push(...Object.keys(data))
    keys.set(webhook, known)
  }
  return keys
}

/** The tags that the config names anywhere. */
function tagsIn({ tours, segments }: Outline, gathered: readonly Gathered[]): Set<string> {
  return new Set([
    'userId',
    ...gathered.flatMap(({ data }) =>
      Object.values(data).flatMap(({ tag }) => (tag === undefined ? [] : [tag])),
    ),
    ...tours.flatMap(({ start }) => Object.keys(start?.tags ?? {})),
    ...segments.flatMap(({ tags = {} }) => Object.keys(tags)),
  ])
}
