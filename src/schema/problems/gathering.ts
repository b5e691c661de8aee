import { placeholdersIn } from '../../values/placeholder.ts'
import { pageValues, tourValues } from '../data.ts'
import { type Problem, pathText } from './config-error.ts'
import { didYouMean } from './did-you-mean.ts'
import { gatheredIn, type Outline, textsIn } from './outline.ts'
import { selectorProblem } from './selectors/selector.ts'

/** What can never be found: selectors that no browser can parse, and placeholders for what no page or tour has. */
export function gatheringProblems(outline: Outline): Problem[] {
  return [
    ...selectorsIn(outline).flatMap(({ path, selector }) => {
      const message = selector === undefined ? undefined : selectorProblem(selector)
      return message === undefined ? [] : [{ path: pathText(path), message: `"${selector}" ${message}` }]
    }),
    ...filledTexts(outline).flatMap(({ path, text }) =>
      placeholdersIn(text).flatMap(name => {
        const message = placeholderProblem(name)
        return message === undefined ? [] : [{ path: pathText(path), message }]
      }),
    ),
  ]
}

/** Every text in which placeholders are filled, with its tour where it belongs to one. */
export function filledTexts({ webhooks, tours, banners }: Outline) {
  return [
    ...webhooks.flatMap(({ id, body }, index) =>
      (typeof body === 'object' ? textsIn(body, ['webhooks', index, 'body']) : []).map(text => ({
        ...text,
        webhook: id,
        tour: undefined,
      })),
    ),
    ...tours.flatMap((tour, index) =>
      (tour.steps ?? []).flatMap(({ title, content }, at) =>
        Object.entries({ title, content }).flatMap(([key, text]) =>
          text === undefined
            ? []
            : [{ path: ['tours', index, 'steps', at, key], text, webhook: undefined, tour }],
        ),
      ),
    ),
    ...banners.flatMap(({ content: text }, index) =>
      text === undefined
        ? []
        : [{ path: ['banners', index, 'content'], text, webhook: undefined, tour: undefined }],
    ),
  ]
}

/** Every selector, and where it stands. */
export function selectorsIn(outline: Outline): { path: PropertyKey[]; selector: string | undefined }[] {
  return [
    ...outline.tours.flatMap(({ steps = [], start }, index) => [
      ...steps.map(({ element }, at) => ({
        path: ['tours', index, 'steps', at, 'element'],
        selector: element || undefined,
      })),
      { path: ['tours', index, 'start', 'element'], selector: start?.element || undefined },
    ]),
    ...gatheredIn(outline).flatMap(({ path, data }) =>
      Object.entries(data).map(([key, { element }]) => ({
        path: [...path, key, 'element'],
        selector: element || undefined,
      })),
    ),
  ]
}

function placeholderProblem(placeholder: string): string | undefined {
  const [, kind, key = ''] = /^(page|tour)\.(.*)$/.exec(placeholder) ?? []
  const known: readonly string[] = kind === 'page' ? pageValues : tourValues
  if (kind === undefined || known.includes(key)) return undefined
  return `{${placeholder}} stands for nothing: a ${kind} has ${known.join(', ')}${didYouMean(key, known)}`
}
