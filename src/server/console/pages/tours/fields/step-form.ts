import { type DraftObject, objectOf, objectsIn, textIn, withEntries } from '../../../content/draft-object.ts'
import { hiddenField, selectField, textArea, textField } from '../../../ui/forms/form-fields.ts'
import type { FormValues } from '../../../ui/forms/form-values.ts'
import { html, type Markup, nothing } from '../../../ui/markup.ts'
import { stepTypes } from '../step-words.ts'
import { questionFields, readQuestionFields } from './question-fields.ts'
import { readTriggerFields, type TriggerFieldsOptions, triggerFields } from './trigger-fields.ts'

const places = [
  { value: '', label: 'Wherever there is room' },
  { value: 'top', label: 'Above' },
  { value: 'right', label: 'To the right' },
  { value: 'bottom', label: 'Below' },
  { value: 'left', label: 'To the left' },
]

export interface StepFormOptions extends Omit<TriggerFieldsOptions, 'trigger'> {
  step: DraftObject
  rev: number
  action: string
  /** Where the script shows it before it is saved. */
  stage: string
  isLocked: boolean
}

/** One step as a form. Which fields it has goes by the type that was saved. */
export function stepForm({ step, rev, action, stage, isLocked, ...more }: StepFormOptions): Markup {
  const type = textIn(step, 'type')
  return html`<form method="post" action="${action}" class="card"${type === 'trigger' ? html` data-preview="${action}/preview" data-target="message"` : html` data-stage="${stage}"`}><fieldset class="form"${isLocked ? html` disabled` : nothing}><legend class="hidden">Step</legend>
${hiddenField('rev', rev)}${hiddenField('shown', type)}
${selectField({ name: 'type', label: 'Step type', value: type, choices: stepTypes.map(({ value, label }) => ({ value, label })), hint: html`${stepTypes.find(({ value }) => value === type)?.hint ?? ''} Buttons and triggers call it <code>${textIn(step, 'id')}</code>.` })}
${type === 'trigger' ? triggerFields({ trigger: objectOf(step.trigger), ...more }) : contentFields(step)}
${isLocked ? nothing : html`<div class="buttons"><button class="button primary">Save</button></div>`}
</fieldset></form>`
}

/** The step that a form makes of the one it began from. */
export function readStepForm(form: FormValues, before: DraftObject): DraftObject {
  const type = form.text('type')
  const shown = form.text('shown')
  const known = withEntries(before, { type })
  if (type === 'trigger') {
    const trigger =
      shown === 'trigger'
        ? readTriggerFields(form, objectOf(before.trigger))
        : { type: 'webhook', ...objectOf(before.trigger) }
    const { title: _, content: __, fields: ___, element: ____, place: _____, ...rest } = known
    return { ...rest, trigger }
  }
  const { trigger: _, element, place, ...rest } = known
  const isPointer = type === 'pointer'
  // A form that showed a trigger has no words to take.
  if (shown === 'trigger') return isPointer ? withEntries(rest, { element, place }) : rest
  return withEntries(rest, {
    title: form.text('title'),
    content: form.exact('content').trimEnd(),
    fields: readQuestionFields(form, objectsIn(before.fields)),
    element: isPointer ? (form.has('element') ? form.text('element') : element) : undefined,
    place: isPointer ? (form.has('place') ? form.text('place') : place) : undefined,
  })
}

function contentFields(step: DraftObject): Markup {
  return html`${textField({ name: 'title', label: 'Title', value: textIn(step, 'title'), hint: '{placeholders} are tags and answers, such as {firstName}.' })}
${textArea({ name: 'content', label: 'Text', value: textIn(step, 'content'), hint: '**bold**, *italic*, [links](https://example.com) and [buttons](step:done) to other steps.' })}
${
  step.type === 'pointer'
    ? html`<div class="columns">${textField({ name: 'element', label: 'Points at', value: textIn(step, 'element'), placeholder: '#new-project', hint: 'A CSS selector.' })}${selectField({ name: 'place', label: 'Place', value: textIn(step, 'place'), choices: places })}</div>`
    : nothing
}
${questionFields(objectsIn(step.fields))}`
}
