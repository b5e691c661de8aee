import { type DraftObject, objectOf, textIn, withEntries } from '../../../content/draft-object.ts'
import { checkField, selectField, textField } from '../../../ui/forms/form-fields.ts'
import type { FormValues } from '../../../ui/forms/form-values.ts'
import { html, type Markup } from '../../../ui/markup.ts'

const conditions = [
  { value: 'is', label: 'is' },
  { value: 'isNot', label: 'is not' },
  { value: 'contains', label: 'contains' },
  { value: 'notContains', label: 'does not contain' },
  { value: 'hasText', label: 'has a value' },
  { value: 'hasNoText', label: 'has no value' },
]

/** When a tour starts by itself, as form fields. */
export function startFields(start: DraftObject | undefined): Markup {
  const shown = start ?? {}
  return html`<fieldset><legend>When it starts</legend><div class="form">
${checkField({ name: 'starts', label: 'It starts by itself', hint: 'Otherwise the site starts it: tourhook.start(…), a link or a button.', isChecked: start !== undefined })}
<div class="columns">${textField({ name: 'start.url', label: 'On pages', value: textIn(shown, 'url'), placeholder: '/projects/*', isOptional: true })}${textField({ name: 'start.element', label: 'Once this is on the page', value: textIn(shown, 'element'), placeholder: '#board', isOptional: true })}
${textField({ name: 'start.event', label: 'At this event', value: textIn(shown, 'event'), placeholder: 'click', isOptional: true })}${textField({ name: 'start.delayMs', label: 'After milliseconds', type: 'number', value: textIn(shown, 'delayMs'), isOptional: true })}</div>
${conditionFields('start.tags', objectOf(shown.tags))}
${checkField({ name: 'start.again', label: 'Also for who has had it before', isChecked: shown.once === false })}</div></fieldset>`
}

export function readStartFields(form: FormValues, before: DraftObject): DraftObject | undefined {
  if (!form.has('starts')) return undefined
  const delay = form.text('start.delayMs')
  const tags = readConditionFields(form, 'start.tags', objectOf(before.tags))
  return withEntries(before, {
    url: form.text('start.url'),
    element: form.text('start.element'),
    event: form.text('start.event'),
    delayMs: delay === '' ? undefined : Number(delay),
    tags: Object.keys(tags).length > 0 ? tags : undefined,
    once: form.has('start.again') ? false : undefined,
  })
}

/** Conditions on tags, one of each tag's a row, and two empty ones. */
export function conditionFields(name: string, tags: DraftObject): Markup {
  const rows = [
    ...Object.entries(tags).map(([tag, condition]) => ({ tag, ...firstOf(objectOf(condition)) })),
    {},
    {},
  ]
  return html`<fieldset><legend>If these tags</legend><div class="conditions">${rows.map(
    (row: { tag?: string; is?: string; value?: string }, index) => {
      const label = `Condition ${index + 1}`
      return html`<div class="condition"><input name="${name}.tag" value="${row.tag ?? ''}" aria-label="${label}: tag" placeholder="Tag" autocomplete="off"><select name="${name}.is" aria-label="${label}: how">${conditions.map(
        ({ value, label }) =>
          html`<option value="${value}"${value === (row.is ?? 'is') ? html` selected` : ''}>${label}</option>`,
      )}</select><input name="${name}.value" value="${row.value ?? ''}" aria-label="${label}: value" placeholder="Value" autocomplete="off"></div>`
    },
  )}</div></fieldset>`
}

export function readConditionFields(form: FormValues, name: string, before: DraftObject): DraftObject {
  const kinds = form.all(`${name}.is`)
  const values = form.all(`${name}.value`)
  return Object.fromEntries(
    form.all(`${name}.tag`).flatMap((given, index) => {
      const tag = given.trim()
      if (tag === '') return []
      const kind = kinds[index] ?? 'is'
      const value = values[index] ?? ''
      const known = objectOf(before[tag])
      const was = firstOf(known)
      // One with more than a row can show stays as it is, unless the row was changed.
      if (was.is === kind && was.value === value) return [[tag, known]]
      if (kind === 'hasText' || kind === 'hasNoText') return [[tag, { hasText: kind === 'hasText' }]]
      return [[tag, { [kind]: value }]]
    }),
  )
}

function firstOf(condition: DraftObject): { is: string; value: string } {
  const [key, value] = Object.entries(condition)[0] ?? ['is', '']
  if (key === 'hasText') return { is: value === false ? 'hasNoText' : 'hasText', value: '' }
  return { is: key, value: String(value) }
}

/** The one of several that is picked. */
export function momentField(trigger: DraftObject, steps: readonly DraftObject[]): Markup {
  const on = textIn(trigger, 'on')
  const step = textIn(trigger, 'step')
  return selectField({
    name: 'moment',
    label: 'When',
    value: on === 'step' ? `step:${step}` : on,
    choices: [
      { value: 'started', label: 'The tour starts' },
      { value: 'completed', label: 'Somebody reaches its end' },
      { value: 'closed', label: 'Somebody leaves it early' },
      ...steps.map(one => ({
        value: `step:${textIn(one, 'id')}`,
        label: `Step “${textIn(one, 'id')}” is reached`,
      })),
      ...(on === 'step' && !steps.some(one => textIn(one, 'id') === step)
        ? [{ value: `step:${step}`, label: `Step “${step}” is reached` }]
        : []),
    ],
  })
}

export function readMoment(form: FormValues, before: DraftObject): DraftObject {
  const moment = form.text('moment')
  if (!moment.startsWith('step:')) return { on: moment || 'completed' }
  const step = moment.slice('step:'.length)
  return {
    on: 'step',
    step: typeof before.step === 'number' && String(before.step) === step ? before.step : step,
  }
}
