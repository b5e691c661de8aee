import { type Json, own, type Tags } from '../message/value.ts'
import type { Data, Source } from '../schema/data.ts'

/** What a trigger knows of its tour. */
export interface TourContext {
  id: string
  name: string
  /** The step's id, or its index from 0 as text. */
  step?: string | undefined
  /** ISO 8601. */
  startedAt: string
}

/** Where values are looked up. */
export interface Scope {
  tags: Tags
  answers: Readonly<Record<string, Json>>
  tour?: TourContext | undefined
}

/**
 * Gathers a message's data; a value that is missing is left out.
 *
 * A source that can't be read, such as an invalid selector, is announced and left out.
 */
export function collect(data: Data, scope: Scope, onMistake: (error: unknown) => void): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(data).flatMap(([key, source]) => {
      try {
        const value = read(source, scope)
        return value === undefined ? [] : [[key, value]]
      } catch (error) {
        onMistake(error)
        return []
      }
    }),
  )
}

/** What a `{placeholder}` stands for: `{firstName}` a tag or an answer, `{answer.role}`, `{tour.name}`, `{page.url}`, `{tag.plan}`. */
export function lookUp(name: string, scope: Scope): Json | undefined {
  const [, kind, key = ''] = /^(tag|answer|tour|page)\.(.+)$/.exec(name) ?? []
  if (kind) return read({ [kind]: key } as Source, scope)
  return own(scope.tags, name) ?? own(scope.answers, name)
}

function read(source: Source, { tags, answers, tour }: Scope): Json | undefined {
  if ('tag' in source) return own(tags, source.tag)
  if ('answer' in source) return own(answers, source.answer)
  if ('element' in source) return readElement(source.element, source.attribute)
  if ('page' in source) return own(pageValues, source.page)?.()
  if ('tour' in source) return tour && own({ ...tour }, source.tour)
  return source.value
}

const pageValues: Record<string, () => string> = {
  url: () => location.href,
  path: () => location.pathname,
  title: () => document.title,
  referrer: () => document.referrer,
  language: () => document.documentElement.lang || navigator.language,
}

/** What the page shows at a selector, or the visitor has typed there; never what is private. */
function readElement(selector: string, attribute: string | undefined): Json | undefined {
  const element = document.querySelector(selector)
  if (!element || isPrivate(element)) return undefined
  if (attribute) return element.getAttribute(attribute) ?? undefined
  if (isControl(element)) return controlValue(element)
  return shownText(element)
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

function isControl(element: Element): element is Control {
  return element.matches('input, select, textarea')
}

/** Passwords, payment cards, one-time codes, and all within `[data-private]`. */
function isPrivate(element: Element): boolean {
  return (
    element.closest('[data-private]') !== null ||
    element.matches('input[type=password]') ||
    /(^|\s)(cc-|one-time-code|current-password|new-password)/i.test(element.getAttribute('autocomplete') ?? '')
  )
}

function shownText(element: Element): string {
  const text = document.createTreeWalker(element, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, node => {
    if (!(node instanceof Element)) return NodeFilter.FILTER_ACCEPT
    return isPrivate(node) || node.matches('script, style, template, textarea, select')
      ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_SKIP
  })
  let shown = ''
  while (text.nextNode()) shown += text.currentNode.nodeValue
  return shown.replace(/\s+/g, ' ').trim()
}

/**
 * The answers in a form, by the names of its controls.
 *
 * Numbers come as numbers, a single checkbox as a boolean, several of one name as a list of the ticked ones.
 */
export function readForm(form: HTMLFormElement): Record<string, Json> {
  const controls = [...form.elements].filter(
    (element): element is Control => isControl(element) && element.name !== '' && !isPrivate(element),
  )
  return Object.fromEntries(
    controls.flatMap(control => {
      const group = controls.filter(({ name }) => name === control.name)
      const value = groupValue(control, group)
      return value === undefined ? [] : [[control.name, value]]
    }),
  )
}

function groupValue(control: Control, group: Control[]): Json | undefined {
  const ticked = group.filter(
    (other): other is HTMLInputElement => other instanceof HTMLInputElement && other.checked,
  )
  if (control.type === 'radio') return ticked[0]?.value
  if (control.type === 'checkbox' && group.length > 1) return ticked.map(({ value }) => value)
  return controlValue(control)
}

function controlValue(control: Control): Json | undefined {
  if (control instanceof HTMLSelectElement && control.multiple) {
    return Array.from(control.selectedOptions, ({ value }) => value)
  }
  switch (control.type) {
    case 'file':
    case 'password':
    case 'submit':
    case 'button':
    case 'reset':
      return undefined
    case 'checkbox':
      return (control as HTMLInputElement).checked
    case 'number':
    case 'range':
      return control.value === '' ? undefined : Number(control.value)
    default:
      return control.value
  }
}
