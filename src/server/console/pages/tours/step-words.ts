import { type DraftObject, objectOf, objectsIn, textIn } from '../../content/draft-object.ts'
import { shortened } from '../../ui/shortened.ts'

/** The types of steps, as authors know them. */
export const stepTypes = [
  { value: 'modal', label: 'Modal', hint: 'In the middle of the page.' },
  { value: 'pointer', label: 'Pointer', hint: 'Points at something on the page.' },
  { value: 'slideout', label: 'Slideout', hint: 'In the corner of the page.' },
  { value: 'trigger', label: 'Trigger event', hint: 'Not shown: it does its work, and the tour goes on.' },
] as const

/** What a step's row says of it. */
export function stepTitle(step: DraftObject): string {
  if (step.type === 'trigger') return 'Trigger event'
  const content = textIn(step, 'content').split('\n')[0]
  return shortened(textIn(step, 'title') || content || textIn(step, 'id'), 60)
}

export function stepSummary(step: DraftObject, webhooks: ReadonlyMap<string, string>): string {
  if (step.type === 'trigger') {
    const webhook = textIn(objectOf(step.trigger), 'webhook')
    return webhook === '' ? 'no webhook picked yet' : `to ${shortened(webhooks.get(webhook) ?? webhook, 60)}`
  }
  const type = stepTypes.find(({ value }) => value === step.type)?.label ?? textIn(step, 'type')
  const questions = objectsIn(step.fields).length
  const asks = questions === 0 ? '' : questions === 1 ? ', 1 question' : `, ${questions} questions`
  return `${type}${asks}`
}

/** When a tour's own trigger fires. */
export function triggerTitle(trigger: DraftObject): string {
  const on = textIn(trigger, 'on')
  return on === 'step' ? `At step “${shortened(textIn(trigger, 'step'), 60)}”` : momentTitle(on)
}

/** A moment of a tour, such as `completed`, in words. */
export function momentTitle(on: string): string {
  const words: Record<string, string> = {
    started: 'When it starts',
    completed: 'When it is completed',
    closed: 'When it is left early',
    step: 'At a step',
  }
  return words[on] ?? 'At some moment'
}
