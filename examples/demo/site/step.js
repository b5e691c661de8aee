import { drawField } from './field.js'

/** A step as a dialog, with its fields and the ways on. */
export function drawStep(step, run) {
  const stops = run.tour.steps.filter(({ type }) => type !== 'trigger')
  const position = stops.findIndex(({ id }) => id === step.id) + 1
  const isLast = position === stops.length

  const dialog = element('dialog', { className: 'step' })
  dialog.dataset.type = step.type
  dialog.setAttribute('aria-labelledby', 'step-title')

  const form = element('form', { method: 'dialog' })
  const title = element('h2', { id: 'step-title', textContent: step.title })
  const close = button('step-close', '×', run.close)
  close.setAttribute('aria-label', 'Leave the tour')

  const actions = element('div', { className: 'step-actions' })
  if (stops.length > 1) {
    actions.append(element('p', { className: 'step-count', textContent: `${position} of ${stops.length}` }))
  }
  if (position > 1 && !isLast) actions.append(button('step-back', 'Back', run.previous))
  const next = element('button', { className: 'primary step-next', textContent: nextText(position, stops) })
  actions.append(next)

  form.append(title)
  if (step.content) form.append(element('p', { textContent: step.content }))
  for (const field of step.fields ?? []) form.append(drawField(field, run.answers[field.name]))
  form.append(actions, close)
  form.addEventListener('submit', event => {
    event.preventDefault()
    run.collect(form)
    for (const { name, type } of step.fields ?? []) {
      // A radio button's value is a text; a score is a number.
      if (type === 'rating' || type === 'nps') run.answer(name, Number(run.answers[name]))
    }
    run.next()
  })
  // Reading goes on at the first thing to do, not at the way out.
  const first = form.querySelector('input, select, textarea') ?? next
  first.autofocus = true

  dialog.append(form)
  return dialog
}

function nextText(position, stops) {
  if (position < stops.length) return 'Next'
  return stops.at(-1).fields ? 'Send' : 'Done'
}

function button(className, text, onClick) {
  const made = element('button', { type: 'button', className, textContent: text })
  made.addEventListener('click', () => onClick())
  return made
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties)
}
