import type { Run, VisibleStep } from '../../tour/run.ts'
import { element } from '../layer/element.ts'
import { onPress } from '../layer/press.ts'
import { drawInline, drawText } from '../text/inline-markdown.ts'
import { type Labels, progressText } from '../text/labels.ts'
import { drawField } from './fields.ts'

/** The ids of what names and describes a step's dialog. */
export const titleId = 'title'
export const contentId = 'content'

/** A step on the page. */
export interface DrawnStep {
  card: HTMLElement
  /** Keeps what has been typed so far, right or wrong. */
  keep(): void
  /** Leaves the tour, with what has been typed. */
  close(): void
}

/** Draws a step as a form that takes the visitor on, back or out of the tour, and keeps their answers. */
export function drawStep(step: VisibleStep, run: Run, labels: Labels): DrawnStep {
  const { title = '', content = '', fields = [] } = step
  const drawnFields = fields.map((field, index) =>
    drawField(field, { id: `field-${index}`, answer: run.answers[field.name], labels }),
  )
  const { position, total } = placeOf(run)
  const isLast = position === total
  const texts = { lookup: run.lookUp, onStep: goTo }

  const form = element(
    'form',
    { novalidate: true },
    ...(title ? [element('h2', { id: titleId }, drawInline(title, { lookup: run.lookUp }))] : []),
    drawButton('×', { class: 'close', 'aria-label': labels.close }, close),
    element('div', { id: contentId, class: 'content' }, drawText(content, texts)),
    ...drawnFields.map(field => field.element),
    element(
      'div',
      { class: 'actions' },
      ...(total > 1 ? [element('span', { class: 'progress' }, progressText(labels, position, total))] : []),
      ...(position > 1 ? [drawButton(labels.back, { class: 'back' }, goBack)] : []),
      element('button', { class: 'next' }, isLast ? labels.done : labels.next),
    ),
  )
  // Around the form, which answers with its field where one is called `addEventListener` or `querySelectorAll`.
  const card = element('div', { class: 'card' }, form)
  card.addEventListener('submit', goOn)
  // At once: the page may go, or end the tour, before the visitor has pressed anything.
  card.addEventListener('input', keep)
  return { card, keep, close }

  function keep(): void {
    run.collect(form)
  }

  function close(): void {
    keep()
    run.close()
  }

  function goOn(event: Event): void {
    event.preventDefault()
    const wrong = drawnFields.map(field => field.check()).find(control => control !== undefined)
    if (wrong) {
      wrong.focus()
      return
    }
    keep()
    run.next()
  }

  // Unchecked: what was typed so far is there again when the visitor comes back.
  function goBack(): void {
    keep()
    run.previous()
  }

  function goTo(id: string): void {
    keep()
    run.goTo(id)
  }
}

function drawButton(label: string, attributes: Record<string, string>, act: () => void): HTMLButtonElement {
  const button = element('button', { type: 'button', ...attributes }, label)
  onPress(button, act)
  return button
}

/** Where a run stands among the steps that a visitor sees, from 1. */
function placeOf({ tour: { steps = [] }, index }: Run): { position: number; total: number } {
  const count = (among: typeof steps) => among.filter(({ type }) => type !== 'trigger').length
  return { position: count(steps.slice(0, index + 1)), total: count(steps) }
}
