/** A value as indented JSON, its parts coloured. */
export function drawJson(value, indent = '') {
  const isList = Array.isArray(value)
  if (value === null || typeof value !== 'object') {
    return token(value === null ? 'null' : typeof value, JSON.stringify(value) ?? '')
  }
  const entries = Object.entries(value)
  const [open, close] = isList ? '[]' : '{}'
  const whole = document.createDocumentFragment()
  if (entries.length === 0) {
    whole.append(open, close)
    return whole
  }
  const deeper = `${indent}  `
  whole.append(`${open}\n`)
  entries.forEach(([key, item], index) => {
    whole.append(deeper)
    if (!isList) whole.append(token('key', JSON.stringify(key)), ': ')
    whole.append(drawJson(item, deeper), index < entries.length - 1 ? ',\n' : '\n')
  })
  whole.append(indent, close)
  return whole
}

function token(kind, text) {
  return Object.assign(document.createElement('span'), { className: `json-${kind}`, textContent: text })
}
