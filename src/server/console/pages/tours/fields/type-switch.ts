import { type DraftObject, objectOf, objectsIn, textIn } from '../../../content/draft-object.ts'
import { hiddenField } from '../../../ui/forms/form-fields.ts'
import type { FormValues } from '../../../ui/forms/form-values.ts'
import { html, type Markup, nothing } from '../../../ui/markup.ts'
import { noteBar } from '../../../ui/notes.ts'
import { stepTypes } from '../step-words.ts'
import { freeId, type TourDraft, withStep } from '../tour-draft.ts'
import { readStepForm } from './step-form.ts'

/** A step that is to get another type, which has no place for all that it holds. */
export interface TypeSwitch {
  from: string
  to: string
  /** What would go, in words. */
  losses: string[]
}

/** What a form would silently take away by another type; `undefined` where nothing goes, or somebody has decided. */
export function typeSwitch(form: FormValues, before: DraftObject): TypeSwitch | undefined {
  const [from, to] = [form.text('shown'), form.text('type')]
  if (from === to || form.has('switch')) return undefined
  const losses = lossesOf(readStepForm(withType(form, from), before), to)
  return losses.length > 0 ? { from, to, losses } : undefined
}

/** Asks what to do with it. The form travels along, so that nothing has to be written again. */
export function switchQuestion(
  { from, to, losses }: TypeSwitch,
  { form, action }: { form: FormValues; action: string },
): Markup {
  const isToTrigger = to === 'trigger'
  const isBesides = isToTrigger || from === 'trigger'
  const button = (value: string, style: string, label: string) =>
    html`<button class="button ${style}" name="switch" value="${value}">${label}</button>`
  return html`<form method="post" action="${action}" class="card stack">${form
    .names()
    .flatMap(name => form.all(name).map(value => hiddenField(name, value)))}
${noteBar({ tone: 'wait', text: html`<p><b>${nameOf(to)} has no place for all that this step holds.</b> It would lose:</p><ul>${losses.map(loss => html`<li>${loss}</li>`)}</ul>` })}
<div class="buttons">${
    isBesides
      ? button(
          'add',
          'primary',
          isToTrigger
            ? 'Keep it, and add a Trigger event after it'
            : `Keep it, and add a ${nameOf(to)} before it`,
        )
      : nothing
  }${button('replace', 'danger', `Make it a ${nameOf(to)} without them`)}<a class="button quiet" href="${action}">Leave it as it was</a></div></form>`
}

/** The tour after the answer, and the id of the step to go on with. */
export function switchedStep(
  tour: TourDraft,
  { id, form }: { id: string; form: FormValues },
): { tour: TourDraft; next: string } {
  const before = tour.steps.find(step => step.id === id) ?? { id }
  if (form.text('switch') !== 'add') return { tour: withStep(tour, id, readStepForm(form, before)), next: id }
  const [from, to] = [form.text('shown'), form.text('type')]
  const kept = withStep(tour, id, readStepForm(withType(form, from), before))
  const next = freeId(to === 'trigger' ? 'send' : to, new Set(tour.steps.map(step => textIn(step, 'id'))))
  const steps = kept.steps.flatMap(step => {
    if (step.id !== id) return [step]
    return to === 'trigger' ? [step, freshStep(next, to)] : [freshStep(next, to), step]
  })
  return { tour: { ...kept, steps }, next }
}

/** A step with nothing in it. */
export function freshStep(id: string, type: string): DraftObject {
  return type === 'trigger' ? { id, type, trigger: { type: 'webhook', webhook: '' } } : { id, type }
}

function lossesOf(step: DraftObject, to: string): string[] {
  if (step.type === 'trigger') {
    const { webhook, data } = objectOf(step.trigger)
    const keys = Object.keys(objectOf(data))
    return [
      ...(webhook ? [`what it sends to the webhook ${webhook}`] : []),
      ...(keys.length > 0 ? [`its data: ${keys.join(', ')}`] : []),
    ]
  }
  const [title, element] = [textIn(step, 'title'), textIn(step, 'element')]
  const pointsAt = element === '' || to === 'pointer' ? [] : [`what it points at: ${element}`]
  if (to !== 'trigger') return pointsAt
  const questions = objectsIn(step.fields).map(field => textIn(field, 'label') || textIn(field, 'name'))
  return [
    ...(title === '' ? [] : [`its title: ${title}`]),
    ...(textIn(step, 'content') === '' ? [] : ['its text']),
    ...(questions.length === 0 ? [] : [`its questions: ${questions.join(', ')}`]),
    ...pointsAt,
  ]
}

function withType(form: FormValues, type: string): FormValues {
  return { ...form, text: name => (name === 'type' ? type : form.text(name)) }
}

function nameOf(type: string): string {
  return stepTypes.find(({ value }) => value === type)?.label ?? type
}
