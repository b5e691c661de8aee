import { attributeOf, propertyOf } from '../../tour/sources/natives.ts'
import type { Mark } from './mark.ts'
import { namePartsOf } from './name-parts.ts'
import { measures, states } from './states.ts'

/** Made for tests, tours and analytics: nobody changes them in passing. */
const forTools = /^data-.*(test|tour|cy|qa|e2e|hook|automation|track|analytics|intro)/

/** They say what an element is for. */
const purposes =
  /^(name|for|formcontrolname|href|routerlink|(form)?action|popovertarget|command(for)?|autocomplete|itemprop|slot|hreflang|value|hx-(get|post|delete|put))$/

/** Of any element, a component of the page's own too; none says what it is for. */
const common = /^(id|class|style|lang|dir|tabindex|part|key|draggable|inert|on.*|aria-.*|_ng.*)$/

/** What frameworks leave behind. */
const byBuild = /^data-(v|s|n|radix|headlessui|reka|react|emotion|svelte|astro|turbo)-/

/** A language of its own, or the next wording, and the element is not found. */
const texts = /^(aria-label|title|alt|placeholder)$/

/** What an element's attributes know it by; its id and its classes apart. */
export function attributeMarks(element: Element): Mark[] {
  return Element.prototype.getAttributeNames
    .call(element)
    .flatMap(name => markOf(element, name, attributeOf(element, name) ?? '') ?? [])
}

function markOf(element: Element, name: string, value: string): Mark | undefined {
  if (value.length > 80 || /[\n\r\f]/.test(value)) return undefined
  const css = `[${CSS.escape(name)}${value && `="${value.replace(/["\\]/g, '\\$&')}"`}]`
  if (texts.test(name) || isCaption(element, name)) {
    const why = `It names the words “${value}”: in another language or wording it is not found.`
    return value === '' ? undefined : { css, kind: 'attribute', risk: 30, why }
  }
  const risk = riskOf(name, propertyOf(element, 'localName'))
  if (risk === undefined || /^(true|false|#|javascript:.*)$/.test(value)) return undefined
  const mark: Mark = { css, kind: risk === 0 ? 'data' : 'attribute', risk }
  const isLink = name === 'href'
  if (value === '') return name.startsWith('data-') ? mark : undefined
  const path = isLink ? value.replace(/^https?:\/\/[^/]+/, '').replace(/\.\w+$/, '') : value
  const { kind } = namePartsOf(path.replace(/[#?&=%,;@+~!|]/g, '/'))
  if (kind === 'words' || path === '/') return mark
  // A key of the record, or a page's number: the same element after a rebuild, another for another visitor.
  const isKey = kind === 'numbered' || isLink || /^data-(.*-)?(id|key|sku|slug|uuid)$/.test(name)
  return isKey && !/^-?\d{1,2}$/.test(value) ? { ...mark, risk: risk + 18, why: recordOf(value) } : undefined
}

function riskOf(name: string, tag: string): number | undefined {
  if (forTools.test(name)) return 0
  const [, own] = /^data-(.+)/.exec(name) ?? []
  const isPassing = states.test(name) || measures.test(name) || byBuild.test(name)
  if (own !== undefined) return isPassing || namePartsOf(own).kind !== 'words' ? undefined : 3
  if (purposes.test(name)) return 4
  if (name === 'role' || name === 'type') return 8
  return tag.includes('-') && !isPassing && !common.test(name) ? 5 : undefined
}

/** A button of a form shows its value. */
function isCaption(element: Element, name: string): boolean {
  return name === 'value' && /^(submit|button|reset)$/.test(attributeOf(element, 'type') ?? '')
}

/** What to say of a selector with a record's key in it. */
export function recordOf(value: string): string {
  return `It names one number or record, “${value}”: where the page shows another, it is not found.`
}
