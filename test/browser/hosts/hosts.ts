import { bundlePage } from '../../support/bundle.ts'
import { oldLibrary, packageFile } from '../../support/host-libraries.ts'
import type { HostPage } from '../../support/host-page.ts'

const script = (path: string) => `<script src="${path}" nonce="page"></script>`
const inline = (code: string) => `<script nonce="page">${code}</script>`

/** What Prototype 1.6 and its time did to built-ins, in short. */
const oldBuiltIns = inline(`
  Array.from = function (items) {
    if (!items) return []
    if (items.toArray) return items.toArray()
    var length = items.length || 0, results = new Array(length)
    while (length--) results[length] = items[length]
    return results
  }
  Array.prototype.toArray = function () { return [].concat(this) }
  Array.prototype.entries = Array.prototype.toArray
  Array.prototype.toJSON = function () {
    return '[' + this.map(function (item) { return JSON.stringify(item) }).join(', ') + ']'
  }
  String.prototype.toJSON = function () { return JSON.stringify({ text: this.toString() }) }
  Date.prototype.toJSON = function () { return '"' + this.getTime() + '"' }
  Object.keys = function (object) { var keys = []; for (var key in object) keys.push(key); return keys }
  Object.prototype.inherited = 'by every object'
  Function.prototype.bind = function (context) {
    var method = this, given = Array.prototype.slice.call(arguments, 1)
    return function () { return method.apply(context, given.concat(Array.prototype.slice.call(arguments))) }
  }
`)

const oldIterators = inline(`
  for (const type of [NodeList, HTMLCollection, HTMLFormControlsCollection, RadioNodeList]) {
    Object.defineProperty(type.prototype, Symbol.iterator, { value: undefined, configurable: true })
  }
  for (const name of ['keys', 'values', 'entries']) {
    Array.prototype[name] = function () { throw new TypeError('a polyfill with a fault') }
  }
`)

/** What Safari 15.4, Chrome 100 and Firefox 100 don't have, the oldest that we support. */
const oldestBrowsers = inline(`
  for (const [owner, names] of [
    [URL, 'canParse parse'],
    [Object, 'hasOwn groupBy'],
    [Map, 'groupBy'],
    [Promise, 'withResolvers try'],
    [Array, 'fromAsync'],
    [Array.prototype, 'at findLast findLastIndex toSorted toReversed toSpliced with'],
    [String.prototype, 'at isWellFormed toWellFormed'],
    [Set.prototype, 'union intersection difference'],
    [AbortSignal, 'any timeout'],
    [Crypto.prototype, 'randomUUID'],
    [CSSStyleSheet.prototype, 'replaceSync replace'],
    [HTMLElement.prototype, 'showPopover hidePopover togglePopover popover'],
    [HTMLFormElement.prototype, 'requestSubmit'],
    [Element.prototype, 'ariaLabel checkVisibility setHTML'],
    [window, 'structuredClone requestIdleCallback URLPattern Iterator scheduler'],
  ]) for (const name of names.split(' ')) delete owner[name]
`)

const modalMarkup = (close: string) => `
  <div class="modal" id="own" tabindex="-1" role="dialog"><div class="modal-dialog"><div class="modal-content">
    <input aria-label="Own" id="inside"> <button ${close}>Close own</button>
  </div></div></div>`

/** Those that differ most: they are tried in each engine. */
export const differentHosts: HostPage[] = [
  {
    name: 'Prototype 1.7.3',
    files: { '/prototype.js': () => oldLibrary('prototype') },
    before: script('/prototype.js'),
  },
  { name: 'built-ins of Prototype 1.6’s time', before: oldBuiltIns },
  {
    name: 'zone.js',
    files: { '/zone.js': () => packageFile('zone.js', 'bundles/zone.umd.js') },
    before: script('/zone.js'),
  },
  {
    name: 'a registry of scoped custom elements',
    files: {
      '/registry.js': () =>
        packageFile('@webcomponents/scoped-custom-element-registry', 'scoped-custom-element-registry.min.js'),
    },
    // Browsers with a registry of their own would not take the polyfill's.
    before: `${inline('delete window.ShadowRoot.prototype.customElementRegistry')}${script('/registry.js')}`,
  },
  {
    name: 'a strict policy with Trusted Types',
    headers: {
      'content-security-policy':
        "default-src 'none'; script-src 'nonce-page'; style-src 'nonce-page'; connect-src http://127.0.0.1:*; require-trusted-types-for 'script'; trusted-types 'none'",
    },
  },
  {
    name: 'an element and a form named tourhook',
    before: '<a id="tourhook">Tour</a><form name="tourhook"><input name="start"></form>',
  },
]

export const otherHosts: HostPage[] = [
  {
    name: 'MooTools 1.4.5',
    files: { '/mootools.js': () => oldLibrary('mootools') },
    before: script('/mootools.js'),
  },
  { name: 'built-ins of the oldest browsers', before: oldestBrowsers },
  { name: 'iterators that old polyfills broke', before: oldIterators },
  {
    name: 'variables and classes of its own that are named as the browser’s are',
    before: inline(`
      var performance = { score: 98 }
      class Node {}
      class Text {}
      class Document {}
      const URL = 'https://api.example'
      class Map {}
      class Response {}
    `),
  },
  {
    name: 'jQuery, which hears all first',
    files: { '/jquery.js': () => packageFile('jquery', 'dist/jquery.min.js') },
    before: `${script('/jquery.js')}${inline(`
      jQuery(document).on('keydown keypress keyup focusin mousedown', event => { event.preventDefault() })
    `)}`,
  },
  {
    name: 'Turbo',
    files: { '/turbo.js': () => packageFile('@hotwired/turbo', 'dist/turbo.es2017-umd.js') },
    before: script('/turbo.js'),
  },
  {
    name: 'shortcuts in the capture phase',
    before: inline(`
      for (const name of ['keydown', 'keypress', 'keyup', 'beforeinput', 'paste', 'click', 'mousedown']) {
        document.addEventListener(name, event => {
          if (event.target.closest('#own, #target')) return
          event.preventDefault()
          event.stopImmediatePropagation()
        }, true)
      }
    `),
  },
  {
    name: 'a fetch that throws where an answer is not ok',
    hidesAnswers: true,
    before: inline(`
      const original = window.fetch
      window.fetch = async (...args) => {
        const response = await original(...args)
        if (!response.ok) throw new Error('status ' + response.status)
        return response
      }
    `),
  },
  {
    name: 'a service worker that invents answers',
    inventsAnswers: true,
    files: {
      '/worker.js': () => `
        addEventListener('install', () => skipWaiting())
        addEventListener('activate', event => event.waitUntil(clients.claim()))
        addEventListener('fetch', event => {
          if (new URL(event.request.url).origin === location.origin) return
          event.respondWith(Response.json({ ok: true }, { status: 202 }))
        })`,
    },
    before: inline(`
      window.ready = navigator.serviceWorker.register('/worker.js').then(() => new Promise(resolve => {
        if (navigator.serviceWorker.controller) resolve()
        navigator.serviceWorker.addEventListener('controllerchange', () => resolve())
      }))
    `),
  },
  {
    name: 'isolation from other origins (COOP and COEP)',
    headers: {
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
    },
  },
  {
    name: 'controls of every name around the target',
    body: `<form id="odd"><input name="matches"><input name="elements"><input name="length">
      <input name="getClientRects"><input name="tabIndex"><input name="querySelectorAll"></form>
      <script nonce="page">odd.append(target); odd.id = ''; target.id = ''; document.forms[0].id = 'target'</script>`,
  },
  {
    name: 'a <base> elsewhere',
    body: '<base href="https://elsewhere.example/v2/">',
  },
  {
    name: 'a modal of Bootstrap 4',
    hasDialog: true,
    files: {
      '/jquery.js': () => packageFile('jquery', 'dist/jquery.min.js'),
      '/bootstrap.js': () => packageFile('bootstrap4', 'dist/js/bootstrap.bundle.min.js'),
      '/bootstrap.css': () => packageFile('bootstrap4', 'dist/css/bootstrap.min.css'),
    },
    before: `<link rel="stylesheet" href="/bootstrap.css">${script('/jquery.js')}${script('/bootstrap.js')}`,
    body: `${modalMarkup('data-dismiss="modal"')}${inline(`window.openOwn = () => new Promise(resolve => {
      jQuery('#own').one('shown.bs.modal', () => resolve()).modal('show')
    })`)}`,
  },
  {
    name: 'a modal of Bootstrap 5',
    hasDialog: true,
    files: {
      '/bootstrap.js': () => packageFile('bootstrap', 'dist/js/bootstrap.bundle.min.js'),
      '/bootstrap.css': () => packageFile('bootstrap', 'dist/css/bootstrap.min.css'),
    },
    before: `<link rel="stylesheet" href="/bootstrap.css">${script('/bootstrap.js')}`,
    body: `${modalMarkup('data-bs-dismiss="modal"')}${inline(`window.openOwn = () => new Promise(resolve => {
      own.addEventListener('shown.bs.modal', () => resolve(), { once: true })
      new bootstrap.Modal(own).show()
    })`)}`,
  },
  {
    name: 'focus-trap',
    hasDialog: true,
    files: {
      '/tabbable.js': () => packageFile('tabbable', 'dist/index.umd.min.js'),
      '/focus-trap.js': () => packageFile('focus-trap', 'dist/focus-trap.umd.min.js'),
    },
    before: `${script('/tabbable.js')}${script('/focus-trap.js')}`,
    body: `<div id="own" role="dialog"><input aria-label="Own" id="inside"> <button>Close own</button></div>
      ${inline('window.openOwn = () => focusTrap.createFocusTrap("#own", { escapeDeactivates: true }).activate()')}`,
  },
  {
    name: 'a dialog of Radix',
    hasDialog: true,
    build: body => bundlePage('test/browser/hosts/radix.tsx', body),
  },
  { name: 'a dialog of MUI', hasDialog: true, build: body => bundlePage('test/browser/hosts/mui.tsx', body) },
]
