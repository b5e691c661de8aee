import { element } from '../../render/layer/element.ts'
import type { PageSource, Source, TourSource } from '../../schema/data.ts'
import type { TriggerStep } from '../../schema/steps.ts'
import { answerNames, kindOfSource, type SourceKind, withEntry } from '../draft/draft-steps.ts'
import { selectorOf } from './element-part.ts'
import { type PanelContext, shownValue } from './panel-context.ts'
import { button, checkControl, selectControl, textControl } from './panel-controls.ts'

const kinds: Record<SourceKind, string> = {
  tag: 'Tag',
  answer: 'Answer',
  element: 'Element of the page',
  page: 'About the page',
  tour: 'About the tour',
  value: 'Fixed value',
}

const ofPage: Record<PageSource['page'], string> = {
  url: 'Address, without secrets',
  path: 'Path',
  title: 'Title',
  referrer: 'Where the visitor came from',
  language: 'Language',
  fullUrl: 'Whole address',
  fullReferrer: 'Whole referrer',
}

const ofTour: Record<TourSource['tour'], string> = {
  id: 'Id',
  name: 'Name',
  step: 'Step',
  startedAt: 'Start',
  outcome: 'Completed or closed',
}

type Row = readonly [key: string, source: Source]

/** Where a trigger sends data, and what: each row with the value that it has now. */
export function dataPart(step: TriggerStep, context: PanelContext): Node[] {
  const { webhooks, change, redraw, live, valuesOf } = context
  let { trigger } = step
  let rows: Row[] = Object.entries(trigger.data ?? {})

  function withTrigger(next: typeof trigger): TriggerStep {
    trigger = next
    return { ...step, trigger }
  }
  function withRows(next: Row[]): TriggerStep {
    rows = next
    return withTrigger(withEntry(trigger, 'data', next.length > 0 ? Object.fromEntries(next) : undefined))
  }
  const withRow = (index: number, row: Row) => withRows(rows.map((one, at) => (at === index ? row : one)))

  function dataRow([key, source]: Row, index: number): HTMLElement {
    const name = (part: string) => `row-${index}-${part}`
    const current = () => rows[index] ?? ([key, source] as const)
    const now = element('output', { class: 'now' })
    live(() => {
      const value = valuesOf({ value: current()[1] }).value
      now.textContent = shownValue(value)
      now.dataset.tone = value === undefined ? 'bad' : 'good'
    })
    const onSource = (next: Source) => change(withRow(index, [current()[0], next]))
    return element(
      'fieldset',
      { class: 'group row' },
      element('legend', {}, `Value ${index + 1}`),
      textControl({
        label: 'Name',
        key: name('key'),
        value: key,
        onInput: next => change(withRow(index, [next, current()[1]])),
      }),
      selectControl({
        label: 'From',
        key: name('kind'),
        value: kindOfSource(source),
        options: kinds,
        onChange: kind => redraw(withRow(index, [current()[0], emptySource(kind, context)])),
      }),
      ...detailOf(source, {
        key: name('detail'),
        onSource,
        context,
        pickInto: next => redraw(withRow(index, [current()[0], next])),
      }),
      element('p', { class: 'nowline' }, 'Now: ', now),
      element(
        'div',
        { class: 'buttons' },
        button('Remove', () => redraw(withRows(rows.filter((_, at) => at !== index))), {
          key: name('remove'),
          class: 'slim',
        }),
      ),
    )
  }

  const chosen = webhooks.find(({ id }) => id === trigger.webhook)
  const names = Object.fromEntries(webhooks.map(({ id, name = id, origin }) => [id, `${name} (${origin})`]))
  const own = Object.entries(chosen?.data ?? {})
  return [
    selectControl({
      label: 'Send data to webhook',
      key: 'webhook',
      value: trigger.webhook,
      options: chosen ? names : { '': 'Choose a webhook', ...names },
      onChange: webhook => redraw(withTrigger({ ...trigger, webhook })),
    }),
    ...(webhooks.length === 0
      ? [element('p', { class: 'hint' }, 'There is no webhook yet: make one in the console.')]
      : []),
    ...(own.length > 0
      ? [element('p', { class: 'hint' }, `The webhook itself adds ${own.map(([key]) => key).join(', ')}.`)]
      : []),
    ...rows.map(dataRow),
    button('Add a value', () => redraw(withRows([...rows, [freeKey(rows), emptySource('tag', context)]]))),
    checkControl({
      label: 'At each visit of this step, not once a tour',
      key: 'repeat',
      isChecked: trigger.repeat === true,
      onChange: isChecked => change(withTrigger(withEntry(trigger, 'repeat', isChecked || undefined))),
    }),
  ]
}

interface DetailOptions {
  key: string
  context: PanelContext
  onSource(source: Source): void
  pickInto(source: Source): void
}

/** Which tag, answer, element …: the second half of a source. */
function detailOf(source: Source, { key, context, onSource, pickInto }: DetailOptions): Node[] {
  if ('tag' in source) {
    return [
      textControl({
        label: 'Tag',
        key,
        value: source.tag,
        suggestions: context.tagNames(),
        onInput: tag => onSource({ tag }),
      }),
    ]
  }
  if ('answer' in source) {
    const suggestions = answerNames(context.tour)
    return [
      textControl({
        label: 'Answer',
        key,
        value: source.answer,
        suggestions,
        onInput: answer => onSource({ answer }),
      }),
    ]
  }
  if ('element' in source) {
    return [
      textControl({
        label: 'Selector',
        key,
        value: source.element,
        onInput: selector => onSource({ ...source, element: selector }),
      }),
      button(
        'Pick on the page',
        () =>
          context.pick({
            purpose: `${key}-pick`,
            onPick: each => pickInto({ ...source, element: selectorOf(each) }),
          }),
        { key: `${key}-pick`, class: 'slim' },
      ),
    ]
  }
  if ('page' in source) {
    return [
      selectControl({
        label: 'What',
        key,
        value: source.page,
        options: ofPage,
        onChange: page => onSource({ page: page as typeof source.page }),
      }),
    ]
  }
  if ('tour' in source) {
    return [
      selectControl({
        label: 'What',
        key,
        value: source.tour,
        options: ofTour,
        onChange: tour => onSource({ tour: tour as typeof source.tour }),
      }),
    ]
  }
  return [
    textControl({ label: 'Value', key, value: String(source.value), onInput: value => onSource({ value }) }),
  ]
}

function emptySource(kind: SourceKind, { tagNames, tour }: PanelContext): Source {
  if (kind === 'tag') return { tag: tagNames()[0] ?? 'email' }
  if (kind === 'answer') return { answer: answerNames(tour)[0] ?? 'answer1' }
  if (kind === 'element') return { element: 'h1' }
  if (kind === 'page') return { page: 'path' }
  return kind === 'tour' ? { tour: 'name' } : { value: '' }
}

function freeKey(rows: readonly Row[]): string {
  for (let count = rows.length + 1; ; count += 1) {
    if (!rows.some(([key]) => key === `value${count}`)) return `value${count}`
  }
}
