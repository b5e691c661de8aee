import { type DraftObject, objectOf, objectsIn, textIn } from './tour-draft.ts'

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
  return textIn(step, 'title') || textIn(step, 'content').split('\n')[0]?.slice(0, 60) || textIn(step, 'id')
}

export function stepSummary(step: DraftObject, webhooks: ReadonlyMap<string, string>): string {
  if (step.type === 'trigger') {
    const webhook = textIn(objectOf(step.trigger), 'webhook')
    return webhook === '' ? 'no webhook picked yet' : `to ${webhooks.get(webhook) ?? webhook}`
  }
  const type = stepTypes.find(({ value }) => value === step.type)?.label ?? textIn(step, 'type')
  const questions = objectsIn(step.fields).length
  const asks = questions === 0 ? '' : questions === 1 ? ', 1 question' : `, ${questions} questions`
  return `${type}${asks}`
}

/** When a tour's own trigger fires. */
export function triggerTitle(trigger: DraftObject): string {
  const words: Record<string, string> = {
    started: 'When it starts',
    completed: 'When it is completed',
    closed: 'When it is left early',
    step: `At step “${textIn(trigger, 'step')}”`,
  }
  return words[textIn(trigger, 'on')] ?? 'At some moment'
}
