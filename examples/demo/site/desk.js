const log = document.querySelector('#log')
const handle = document.querySelector('#dock-handle')

// It scrolls, so the keyboard must get there.
log.tabIndex = 0

/** The made-up product, whose page has Tourhook. */
const product = document.querySelector('#product')
/** The panel of what arrives. */
const receiver = document.querySelector('.receiver')

/** The document of the page that is listened to. */
let connected
let forgetTransports = () => {}

/** Listens to the Tourhook of the product's page, once each time that the page is loaded. */
function connect() {
  const page = product.contentWindow
  // A frame begins with an empty document.
  if (page.document === connected || page.location.href === 'about:blank') return
  connected = page.document
  page.tourhook ??= []
  page.tourhook.push(showTraffic)
}

document.querySelector('#drawn').addEventListener('change', ({ target }) => {
  product.src = `/product.html?drawn=${target.value}`
})

/** Shows what Tourhook announces, and what waits in its outbox. */
function showTraffic(tourhook) {
  const showPending = () => {
    const { length } = tourhook.pending()
    document.querySelector('#pending').value = length
    document.querySelector('#outbox').dataset.waiting = length
    document.querySelector('#dock-waiting').textContent = `${length} waiting`
  }

  tourhook.on('queued', event => write('queued', event, queuedText(event)))
  tourhook.on('delivered', event => write('delivered', event, deliveredText(event)))
  tourhook.on('sent', event => write('sent', event, 'as a simple request, whose answer can’t be read'))
  tourhook.on('retrying', event => write('retrying', event, retryingText(event)))
  tourhook.on('failed', event => write('failed', event, failedText(event)))
  tourhook.on('error', ({ error }) => write('error', {}, error.message))
  for (const name of ['queued', 'delivered', 'sent', 'retrying', 'failed', 'error'])
    tourhook.on(name, showPending)
  // What another tab has sent, or stored.
  addEventListener('storage', showPending)
  showPending()

  forgetTransports = () => tourhook.storage.keys('transport:').forEach(tourhook.storage.remove)
}

let hadCors
hear(({ cors = hadCors }) => {
  // Tourhook would go by the transport that worked for a day; here, who turns CORS off wants to see what happens.
  if (hadCors !== undefined && cors !== hadCors) forgetTransports()
  hadCors = cors
})

function queuedText({ webhook }) {
  return webhook === null ? 'what the visitor does, for the companion' : 'stored, then sent'
}

function deliveredText({ status, transport }) {
  return `${status}, ${transport === 'relay' ? 'kept by the companion' : 'JSON with CORS'}`
}

function retryingText({ status, reason, at }) {
  return `${status ?? reason}, tried again in ${Math.max(1, Math.round((at - Date.now()) / 1_000))} s`
}

function failedText({ reason, status }) {
  return status ? `${reason} with ${status}, not sent again` : `${reason}, not sent again`
}

function write(name, { id, webhook }, text) {
  const line = document.createElement('li')
  line.dataset.event = name
  const time = element('time', new Date().toLocaleTimeString('en-GB'))
  const detail = element('span', text, 'log-text')
  line.append(time, element('b', name), detail)
  if (id) line.append(element('code', `${webhook ?? 'companion'} …${shortId(id)}`))
  log.prepend(line)
  if (log.children.length > 50) log.lastElementChild.remove()
}

/** Of `msg_RUN_TRIGGER`, what tells one run from another. */
function shortId(id) {
  return id.split('_')[1].slice(-4)
}

function element(name, textContent, className = '') {
  return Object.assign(document.createElement(name), { textContent, className })
}

handle.addEventListener('click', () => {
  const isOpen = handle.getAttribute('aria-expanded') !== 'true'
  handle.setAttribute('aria-expanded', String(isOpen))
})

hear(({ arrived }) => {
  if (arrived !== undefined) document.querySelector('#dock-arrived').textContent = `${arrived} arrived`
})

/** Hears what the receiver's panel tells. */
function hear(listener) {
  addEventListener('message', ({ data, source }) => {
    if (source === receiver.contentWindow) listener(data)
  })
}

product.addEventListener('load', connect)
if (product.contentDocument?.readyState === 'complete') connect()
