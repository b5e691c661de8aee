import type { Run, VisibleStep } from '../../tour/run.ts'
import { element } from '../layer/element.ts'
import { drawInline, drawText } from '../text/inline-markdown.ts'
import { type Labels, progressText } from '../text/labels.ts'
import { drawField } from './fields.ts'

/** The ids of what names and describes a step's dialog. */
export const titleId = 'title'
export const contentId = 'content'

/** Draws a step as a form that takes the visitor on, back or out of the tour, and keeps their answers. */
export function drawStep(step: VisibleStep, run: Run, labels: Labels): HTMLFormElement {
  const { title = '', content = '', fields = [] } = step
  const drawnFields = fields.map((field, index) =>
    drawField(field, { id: `field-${index}`, answer: run.answers[field.name], labels }),
  )
  const { position, total } = placeOf(run)
  const isLast = position === total

  const button = (label: string, kind: string, act: () => void) => {
    const drawn = element('button', { type: 'button', class: kind }, label)
    drawn.addEventListener('click', act)
    return drawn
  }
  const close = button('×', 'close', run.close)
  close.setAttribute('aria-label', labels.close)

  const form = element(
    'form',
    { class: 'card', novalidate: true },
    ...(title ? [element('h2', { id: titleId }, ...drawInline(title))] : []),
    close,
    element('div', { id: contentId, class: 'content' }, drawText(content, { onStep: goTo })),
    ...drawnFields.map(field => field.element),
    element(
      'div',
      { class: 'actions' },
      ...(total > 1 ? [element('span', { class: 'progress' }, progressText(labels, position, total))] : []),
      ...(position > 1 ? [button(labels.back, 'back', goBack)] : []),
      element('button', { class: 'next' }, isLast ? labels.done : labels.next),
    ),
  )
  form.addEventListener('submit', event => {
    event.preventDefault()
    const wrong = drawnFields.map(field => field.check()).find(control => control !== undefined)
    if (wrong) {
      wrong.focus()
      return
    }
    run.collect(form)
    run.next()
  })
  return form

  // Unchecked: what was typed so far is there again when the visitor comes back.
  function goBack(): void {
    run.collect(form)
    run.previous()
  }

  function goTo(id: string): void {
    run.collect(form)
    run.goTo(id)
  }
}

/** Where a run stands among the steps that a visitor sees, from 1. */
function placeOf({ tour: { steps = [] }, index }: Run): { position: number; total: number } {
  const count = (among: typeof steps) => among.filter(({ type }) => type !== 'trigger').length
  return { position: count(steps.slice(0, index + 1)), total: count(steps) }
}
