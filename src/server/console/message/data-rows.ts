import type { Data, Source } from '../../../schema/data.ts'
import { omitUndefined } from '../../../values/omit-undefined.ts'
import type { FormValues } from '../ui/forms/form-values.ts'
import { html, type Markup, nothing } from '../ui/markup.ts'
import { shortened } from '../ui/shortened.ts'
import { exampleOf, type SeenValues } from './examples.ts'

const named = {
  tag: 'Tag',
  answer: 'Answer',
  value: 'Fixed value',
  element: 'Page element',
} as const

const whole = {
  'page:url': 'Page: address',
  'page:fullUrl': 'Page: address with parameters',
  'page:path': 'Page: path',
  'page:title': 'Page: title',
  'page:referrer': 'Page: came from',
  'page:fullReferrer': 'Page: came from, with parameters',
  'page:language': 'Page: language',
  'tour:id': 'Tour: id',
  'tour:name': 'Tour: name',
  'tour:step': 'Tour: step',
  'tour:startedAt': 'Tour: start time',
  'tour:outcome': 'Tour: outcome',
} as const

/** Empty rows below those that are there. */
const spareRows = 2
const suggestionsId = 'known-names'

export interface DataRowsOptions {
  data: Data
  /** Names of answers and tags to suggest. */
  suggestions: readonly { name: string; from: string }[]
  seen?: SeenValues | undefined
  tour?: { id: string; name?: string | undefined } | undefined
}

/** Rows of `key ← source`, as form fields. */
export function dataRows({ data, suggestions, seen, tour }: DataRowsOptions): Markup {
  const entries: [string, Source | undefined][] = [
    ...Object.entries(data),
    ...Array.from({ length: spareRows }, (): [string, undefined] => ['', undefined]),
  ]
  return html`<fieldset><legend>Data</legend><div class="data-rows">${entries.map(([key, source], index) =>
    dataRow({ key, source, index, example: source && exampleOf(source, omitUndefined({ seen, tour })) }),
  )}</div><datalist id="${suggestionsId}">${suggestions.map(
    ({ name, from }) => html`<option value="${name}" label="${from}"></option>`,
  )}</datalist><p class="hint">Each row is one key of the message and where its value comes from. Clear a key to take its row away; saving adds empty rows.</p></fieldset>`
}

/** What the rows of a form say; a row without a key is none. */
export function readDataRows(form: FormValues): Data {
  const count = form.names().filter(name => /^key\.\d+$/.test(name)).length
  const rows = Array.from({ length: count }, (_, index) => ({
    key: form.text(`key.${index}`),
    source: sourceOf(form.text(`from.${index}`), form.exact(`what.${index}`)),
  }))
  return Object.fromEntries(rows.filter(({ key }) => key !== '').map(({ key, source }) => [key, source]))
}

function dataRow({
  key,
  source,
  index,
  example,
}: {
  key: string
  source: Source | undefined
  index: number
  example: unknown
}): Markup {
  const { from, what } = source ? partsOf(source) : { from: 'answer', what: '' }
  const label = key === '' ? `new row ${index + 1}` : key
  return html`<div class="data-row" role="group" aria-label="Data: ${label}">
<div class="field"><label for="key-${index}">Key</label><input id="key-${index}" name="key.${index}" value="${key}" autocomplete="off"></div>
<span class="from" aria-hidden="true">←</span>
<div class="field"><label for="from-${index}">From</label><select id="from-${index}" name="from.${index}">${Object.entries(
    { ...named, ...whole },
  ).map(
    ([value, text]) =>
      html`<option value="${value}"${value === from ? html` selected` : nothing}>${text}</option>`,
  )}</select></div>
<div class="field"><label for="what-${index}">Name or value</label><input id="what-${index}" name="what.${index}" value="${what}" list="${suggestionsId}" autocomplete="off"></div>
${example === undefined ? nothing : html`<p class="sample">for example <code>${shortened(JSON.stringify(example), 160)}</code></p>`}
</div>`
}

function partsOf(source: Source): { from: string; what: string } {
  if ('tag' in source) return { from: 'tag', what: source.tag }
  if ('answer' in source) return { from: 'answer', what: source.answer }
  if ('page' in source) return { from: `page:${source.page}`, what: '' }
  if ('tour' in source) return { from: `tour:${source.tour}`, what: '' }
  if ('value' in source) return { from: 'value', what: textOfValue(source.value) }
  return {
    from: 'element',
    what: source.attribute === undefined ? source.element : `${source.element} @${source.attribute}`,
  }
}

function sourceOf(from: string, what: string): Source {
  const name = what.trim()
  const [kind, part] = from.split(':')
  if (kind === 'page') return { page: part as 'url' }
  if (kind === 'tour') return { tour: part as 'id' }
  if (from === 'tag') return { tag: name }
  if (from === 'value') return { value: valueOfText(what) }
  if (from === 'element') {
    const [, element = name, attribute] = /^(.*\S)\s+@([\w-]+)$/.exec(name) ?? []
    return attribute === undefined ? { element } : { element, attribute }
  }
  return { answer: name }
}

/** A text that looks like something else stands in quotes. */
function textOfValue(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return String(value)
  return typeof valueOfText(value) === 'string' && !/^".*"$/s.test(value) ? value : JSON.stringify(value)
}

function valueOfText(text: string): string | number | boolean | null {
  const trimmed = text.trim()
  if (/^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(trimmed)) return Number(trimmed)
  if (trimmed === 'true' || trimmed === 'false') return trimmed === 'true'
  if (trimmed === 'null') return null
  if (!/^".*"$/s.test(trimmed)) return text
  try {
    return String(JSON.parse(trimmed))
  } catch {
    return text // quotes that are part of the text
  }
}
