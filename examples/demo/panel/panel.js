import { drawArrival } from './arrival.js'

const list = document.querySelector('#arrivals')
const form = document.querySelector('#settings')

const meanings = {
  200: 'All is well: each message is delivered.',
  503: 'Not now: each message is tried again, later and later, until it is taken.',
  429: 'Too many: each message is tried again, after the three seconds that Retry-After asks for.',
  410: 'Gone for good: each message fails, and is not tried again. The companion disables its webhook until you choose anew.',
  hang: 'Requests are taken and never answered: after ten seconds each message is tried again.',
}

/** A page may not read the answer; from server to server, the companion still does. */
const blindMeaning =
  'Without CORS a page can’t read this answer. Its messages come as simple requests, and count as sent once they are handed over. The companion, from server to server, still reads it'
const companionMeanings = {
  200: '.',
  503: ', and tries again.',
  429: ', and tries again after three seconds.',
  410: ', and disables its webhook until you choose anew.',
}

function show(arrivals) {
  list.replaceChildren()
  for (const arrival of arrivals.toReversed()) add(arrival)
  count()
}

function add(arrival) {
  const item = drawArrival(arrival)
  // An earlier try with the same id needs no more than a line.
  const earlier = Array.from(list.children).find(({ dataset }) => dataset.message === item.dataset.message)
  if (item.dataset.message && earlier) earlier.classList.add('superseded')
  list.prepend(item)
  openNewest()
  count()
}

/** One open request is enough; those that were opened by hand stay open. */
function openNewest() {
  for (const whole of list.querySelectorAll('.whole[data-auto]')) whole.open = false
  const newest = list.querySelector('.whole')
  if (!newest) return
  newest.open = true
  newest.dataset.auto = ''
  newest.querySelector('summary').addEventListener('click', () => delete newest.dataset.auto, { once: true })
}

function count() {
  document.querySelector('#nothing').hidden = list.children.length > 0
  const arrived = list.querySelectorAll('li:not([data-travel="preflight"])').length
  tellPage({ arrived })
}

/** The page that the panel is in shows how many have arrived, and heeds the switch. */
function tellPage(news) {
  if (parent !== window) parent.postMessage(news, '*')
}

function apply({ answer, cors }) {
  form.elements.answer.value = answer
  form.elements.cors.checked = cors
  // No answer is no answer, with CORS or without.
  const canBeRead = cors || answer === 'hang'
  const meaning = canBeRead ? meanings[answer] : blindMeaning + companionMeanings[answer]
  document.querySelector('#meaning').textContent = meaning
  tellPage({ cors })
}

form.addEventListener('change', () => {
  const { answer, cors } = form.elements
  void fetch('/settings', {
    method: 'POST',
    body: JSON.stringify({ answer: answer.value, cors: cors.checked }),
  })
})
document.querySelector('#clear').addEventListener('click', () => void fetch('/clear', { method: 'POST' }))
document.querySelector('#address').textContent = location.host

const stream = new EventSource('/stream')
stream.addEventListener('state', ({ data }) => {
  const { settings, arrivals } = JSON.parse(data)
  apply(settings)
  show(arrivals)
})
stream.addEventListener('settings', ({ data }) => apply(JSON.parse(data)))
stream.addEventListener('arrival', ({ data }) => add(JSON.parse(data)))
