import { element } from '../../render/layer/element.ts'
import type { Field } from '../../schema/field.ts'
import { asFieldType, hasOptions, type ShownStep, withEntry } from '../draft/draft-steps.ts'
import type { PanelContext } from './panel-context.ts'
import { button, checkControl, selectControl, textControl } from './panel-controls.ts'

const types: Record<Field['type'], string> = {
  text: 'One line of text',
  textarea: 'Several lines of text',
  email: 'E-mail address',
  number: 'Number',
  select: 'List to choose from',
  radio: 'Buttons to choose from',
  checkbox: 'Box to tick, or several',
  rating: 'One to five stars',
  nps: '0 to 10',
}

/** What a step asks. */
export function questionsPart(step: ShownStep, { tour, change, redraw }: PanelContext): Node[] {
  let fields = step.fields ?? []
  const withFields = (next: Field[]): ShownStep => {
    fields = next
    return { ...step, fields: next } as ShownStep
  }
  const withField = (index: number, field: Field) =>
    withFields(fields.map((one, at) => (at === index ? field : one)))

  function question(field: Field, index: number): HTMLElement {
    const key = (name: string) => `field-${index}-${name}`
    const set = (name: string, value: unknown) =>
      change(withField(index, withEntry(fields[index] ?? field, name, value)))
    const options = 'options' in field ? (field.options ?? []) : []
    return element(
      'fieldset',
      { class: 'group' },
      element('legend', {}, `Question ${index + 1}`),
      textControl({
        label: 'Words',
        key: key('label'),
        value: field.label,
        onInput: value => set('label', value),
      }),
      selectControl({
        label: 'Answered by',
        key: key('type'),
        value: field.type,
        options: types,
        onChange: type => redraw(withField(index, asFieldType(fields[index] ?? field, type))),
      }),
      textControl({
        label: 'Answer’s name',
        key: key('name'),
        value: field.name,
        hint: 'What the data calls it.',
        onInput: value => set('name', value),
      }),
      ...(hasOptions(field.type) || field.type === 'checkbox'
        ? [
            textControl({
              label: 'Options, one a line',
              key: key('options'),
              value: options.join('\n'),
              rows: 3,
              onInput: value => set('options', linesOf(value)),
            }),
          ]
        : []),
      checkControl({
        label: 'Has to be answered',
        key: key('required'),
        isChecked: field.required === true,
        onChange: isChecked => set('required', isChecked || undefined),
      }),
      element(
        'div',
        { class: 'buttons' },
        ...(index > 0
          ? [
              button('Move up', () => redraw(withFields(moved(fields, index))), {
                key: key('up'),
                class: 'slim',
              }),
            ]
          : []),
        button('Remove', () => redraw(withFields(fields.filter((_, at) => at !== index))), {
          key: key('remove'),
          class: 'slim',
        }),
      ),
    )
  }

  return [
    ...(fields.length === 0 ? [element('p', { class: 'hint' }, 'This step asks nothing.')] : []),
    ...fields.map(question),
    button('Add a question', () =>
      redraw(withFields([...fields, { type: 'text', name: freeName(tour, fields), label: '' }])),
    ),
  ]
}

function linesOf(text: string): string[] | undefined {
  const lines = text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
  return lines.length > 0 ? lines : undefined
}

function moved(fields: readonly Field[], index: number): Field[] {
  const next = [...fields]
  next.splice(index - 1, 0, ...next.splice(index, 1))
  return next
}

/** A name that no question of the tour has. */
function freeName({ steps = [] }: PanelContext['tour'], fields: readonly Field[]): string {
  const all = [...steps.flatMap(step => (step.type === 'trigger' ? [] : (step.fields ?? []))), ...fields]
  for (let count = 1; ; count += 1) {
    const name = `answer${count}`
    if (!all.some(field => field.name === name)) return name
  }
}
