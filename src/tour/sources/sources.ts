import type { Data, Source } from '../../schema/data.ts'
import type { TourTrigger } from '../../schema/triggers.ts'
import { type Json, mapValues, own } from '../../values/json.ts'
import type { Tags } from '../../values/tags.ts'
import { readPage } from './page-values.ts'
import { readElement } from './read-element.ts'

/** What a trigger knows of its tour. */
export interface TourContext {
  /** The tour's id. */
  id: string
  /** The tour's name; its id when it has none. */
  name: string
  /** The step's id, or its index from 0 as text. */
  step?: string | undefined
  /** ISO 8601. */
  startedAt: string
  /** How it has ended; `undefined` while it goes on. */
  outcome?: 'completed' | 'closed' | undefined
}

/** Where values are looked up. */
export interface Scope {
  tags: Tags
  answers: Readonly<Record<string, Json>>
  tour?: TourContext | undefined
  /** For a run's trigger: its message's id. */
  messageId?: string | undefined
  /** For a trigger of the whole tour: when it fires. */
  on?: TourTrigger['on'] | undefined
}

/**
 * Gathers a message's data; a value that is missing is left out.
 *
 * A source that can't be read, such as an invalid selector, is announced and left out.
 */
export function collect(data: Data, scope: Scope, onError: (error: unknown) => void): Record<string, Json> {
  return mapValues(data, source => {
    try {
      return read(source, scope)
    } catch (error) {
      onError(error)
      return undefined
    }
  })
}

/** What a `{placeholder}` stands for: `{firstName}` a tag or an answer, `{answer.role}`, `{tour.name}`, `{page.url}`, `{tag.plan}`. */
export function lookUp(name: string, scope: Scope): Json | undefined {
  const [, kind, key = ''] = /^(tag|answer|tour|page)\.(.+)$/.exec(name) ?? []
  if (kind) return read({ [kind]: key } as unknown as Source, scope)
  return own(scope.tags, name) ?? read({ answer: name }, scope)
}

function read(source: Source, { tags, answers, tour }: Scope): Json | undefined {
  if ('tag' in source) return own(tags, source.tag)
  // A field that was left empty has no answer.
  if ('answer' in source) return own(answers, source.answer) === '' ? undefined : own(answers, source.answer)
  if ('element' in source) return readElement(source.element, source.attribute)
  if ('page' in source) return own(readPage(), source.page)
  if ('tour' in source) return tour && own({ ...tour }, source.tour)
  return source.value
}
