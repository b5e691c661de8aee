/** A question, with the answer that was given before. */
export function drawField(field, answer) {
  const { name, type, label, options, required = false, placeholder = '' } = field
  const common = { name, required }

  if (type === 'select') {
    const select = element('select', common)
    select.append(element('option', { value: '', textContent: 'Choose…' }))
    select.append(...options.map(value => element('option', { value, textContent: value })))
    select.value = answer ?? ''
    return labelled(label, select)
  }
  if (type === 'textarea') {
    return labelled(label, element('textarea', { ...common, placeholder, rows: 3, value: answer ?? '' }))
  }
  if (type === 'radio') return group(field, choices(options, answer, { ...common, type: 'radio' }))
  if (type === 'rating') return group(field, choices(scale(1, 5), answer, { ...common, type: 'radio' }))
  if (type === 'nps') return group(field, choices(scale(0, 10), answer, { ...common, type: 'radio' }))
  if (type === 'checkbox') return group(field, choices(options ?? ['Yes'], answer, { name, type: 'checkbox' }))
  return labelled(label, element('input', { ...common, type, placeholder, value: answer ?? '' }))
}

function choices(values, answer, properties) {
  return values.map(value => {
    const checked = Array.isArray(answer) ? answer.includes(value) : String(answer) === String(value)
    const choice = element('label', { className: 'choice' })
    choice.append(element('input', { ...properties, value, checked }), element('span', { textContent: value }))
    return choice
  })
}

function scale(from, to) {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

function group({ label, type }, children) {
  const fieldset = element('fieldset', { className: 'field' })
  const row = element('div', { className: `choices-of-${type}` })
  row.append(...children)
  fieldset.append(element('legend', { textContent: label }), row)
  return fieldset
}

function labelled(text, control) {
  const label = element('label', { className: 'field' })
  label.append(element('span', { textContent: text }), control)
  return label
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties)
}
