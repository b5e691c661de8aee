import { attributeOf } from '../../tour/sources/natives.ts'
import type { Mark } from './mark.ts'
import { namePartsOf } from './name-parts.ts'

/** Made for tests, tours and analytics: nobody changes them in passing. */
const forTools = /^data-.*(test|tour|cy|qa|e2e|hook|automation|track|analytics|intro)/

/** What a component is in just now, how it looks, and what builds write. */
const passing =
  /^data-(v-|s-|state|open|closed|active|selected|checked|disabled|highlighted|focus|hover|press|load|status|expanded|orientation|side|align|theme|mode|color|size|variant|index|position|count|total|level|radix|headlessui|reka|react|mui|emotion|styled|astro|svelte|turbo|n-|bs-theme)/

/** Attributes that say what an element is for, with their risk. */
const purposes: Readonly<Record<string, number>> = {
  name: 3,
  for: 3,
  formcontrolname: 3,
  href: 4,
  routerlink: 4,
  action: 4,
  formaction: 4,
  popovertarget: 4,
  command: 4,
  commandfor: 4,
  autocomplete: 4,
  itemprop: 4,
  slot: 4,
  hreflang: 4,
  value: 5,
  'hx-get': 4,
  'hx-post': 4,
  'hx-delete': 4,
  role: 7,
  type: 8,
}

/** A language of its own, or the next wording, and the element is not found. */
const texts = /^(aria-label|title|alt|placeholder)$/

/** What an element's attributes know it by; its id and its classes apart. */
export function attributeMarks(element: Element): Mark[] {
  const marks: Mark[] = []
  for (const name of Element.prototype.getAttributeNames.call(element)) {
    const mark = markOf(element, name, attributeOf(element, name) ?? '')
    if (mark) marks.push(mark)
  }
  return marks
}

function markOf(element: Element, name: string, value: string): Mark | undefined {
  const css =
    value === '' ? `[${CSS.escape(name)}]` : `[${CSS.escape(name)}="${value.replace(/["\\]/g, '\\$&')}"]`
  if (value.length > 80 || /[\n\r\f]/.test(value)) return undefined
  if (texts.test(name) || isCaption(element, name)) {
    const why = `It names the words “${value}”: in another language or wording it is not found.`
    return value === '' ? undefined : { css, kind: 'attribute', risk: 30, why }
  }
  const isData = name.startsWith('data-') && !passing.test(name) && namePartsOf(name).kind === 'words'
  const risk = forTools.test(name) ? 0 : isData ? 3 : purposes[name]
  if (risk === undefined || (!isData && value === '')) return undefined
  const kind = isData ? (risk === 0 ? 'data' : 'attribute') : 'attribute'
  if (value === '') return { css, kind, risk }
  const path = name === 'href' ? value.replace(/^https?:\/\/[^/]+/, '') : value
  if (/^(true|false|#?|\/|javascript:.*)$/.test(path)) return undefined
  const parts = namePartsOf(path.replace(/[#?&=%,;@+~!|]/g, '/').replace(/\.\w+$/, ''))
  if (parts.kind === 'words') return { css, kind, risk }
  // A key of the record, or a page's number: the same element after a rebuild, another for another visitor.
  const isKey =
    parts.kind === 'numbered' || (isData && /(^|-)(id|key|sku|slug|uuid)$/.test(name)) || name === 'href'
  if (!isKey || /^-?\d{1,2}$/.test(value)) return undefined
  return { css, kind, risk: risk + 18, why: recordOf(value) }
}

/** A button of a form shows its value. */
function isCaption(element: Element, name: string): boolean {
  return name === 'value' && /^(submit|button|reset)$/.test(attributeOf(element, 'type') ?? '')
}

/** What to say of a selector with a record's key in it. */
export function recordOf(value: string): string {
  return `It names one number or record, “${value}”: where the page shows another, it is not found.`
}
