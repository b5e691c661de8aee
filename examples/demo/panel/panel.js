import { drawArrival } from './arrival.js'

const list = document.querySelector('#arrivals')
const form = document.querySelector('#settings')

const meanings = {
  200: 'All is well.',
  503: 'Each message is tried again, in the page and later from its outbox.',
  429: 'With Retry-After: 3. The next try comes after three seconds.',
  410: 'Gone for good: failed, not tried again. The companion disables its webhook until you choose anew.',
  hang: 'Requests are taken and never answered; after ten seconds the page tries again.',
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
  const corsMeaning = cors ? '' : ' Without CORS, a page can’t read any answer.'
  document.querySelector('#meaning').textContent = meanings[answer] + corsMeaning
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
