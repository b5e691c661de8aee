import { drawJson } from './json.js'

const travels = {
  preflight: 'preflight',
  json: 'JSON, after a preflight',
  simple: 'simple request, text/plain',
  get: 'GET, as query parameters',
  relay: 'relayed by the companion',
  server: 'server to server',
}

/** One request, as a line of the list. */
export function drawArrival(arrival) {
  const item = element('li', { id: `arrival-${arrival.number}` })
  item.dataset.travel = arrival.travel
  if (arrival.messageId) item.dataset.message = `${arrival.path} ${arrival.messageId}`
  item.append(...(arrival.travel === 'preflight' ? preflight(arrival) : request(arrival)))
  return item
}

function preflight({ path, status, at }) {
  const text = status === 204 ? 'may a page post JSON? Yes' : 'may a page post JSON? No CORS here'
  return [
    element('p', { className: 'line' }, badge('OPTIONS', 'method'), path, clock(at)),
    element('p', { className: 'soft', textContent: text }),
  ]
}

function request({ method, path, at, travel, status, signature, messageId, time, isRepeat, ...rest }) {
  const answered = badge(status ?? 'no answer', 'status')
  answered.dataset.kind = String(status ?? 'none')[0]
  const marks = element('span', { className: 'marks' }, badge(travels[travel], 'travel'))
  if (signature === 'verified') marks.append(badge('signature ✓', 'good'))
  if (signature === 'wrong') marks.append(badge('signature wrong', 'bad'))
  if (time > 1) marks.append(badge(`same id, ${ordinal(time)} time`, 'again'))
  if (isRepeat) marks.append(badge('a repeat: drop it', 'bad'))

  const line = element('span', { className: 'line' }, badge(method, 'method'), bold(path), clock(at), answered)
  const whole = element('details', { className: 'whole' }, element('summary', {}, line, marks))
  if (messageId) {
    line.prepend(swatch(messageId))
    whole.append(element('p', { className: 'id', textContent: messageId }))
  }
  whole.append(content(rest), headers(rest))
  return [whole]
}

function content({ body, query }) {
  const isInQuery = Object.keys(query).length > 0
  return element('pre', {}, drawJson(isInQuery ? query : body))
}

function headers({ headers }) {
  const names = Object.keys(headers)
  const terms = names.flatMap(name => [
    element('dt', { textContent: name }),
    element('dd', { textContent: headers[name] }),
  ])
  const summary = element('summary', { textContent: `${names.length} headers` })
  return element('details', { className: 'headers' }, summary, element('dl', {}, ...terms))
}

/** A colour for an id, so that its tries are seen to belong together. */
function swatch(id) {
  const hue = Array.from(id).reduce((sum, character) => (sum * 31 + character.codePointAt(0)) % 360, 7)
  const square = element('i', { className: 'swatch' })
  square.style.setProperty('--hue', hue)
  return square
}

function ordinal(count) {
  return { 2: '2nd', 3: '3rd' }[count] ?? `${count}th`
}

function clock(at) {
  return element('time', { dateTime: at, textContent: new Date(at).toLocaleTimeString('en-GB') })
}

function bold(text) {
  return element('b', { textContent: text })
}

function badge(text, kind) {
  return element('span', { className: `badge ${kind}`, textContent: text })
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}
