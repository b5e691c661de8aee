import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { SitePage } from '../../support/site.ts'

const { resolve } = createRequire(import.meta.url)
const script = (code: string) => ({ html: code, headers: { 'content-type': 'text/javascript' } })
const library = (path: string) => script(readFileSync(resolve(path), 'utf8'))

const body = `
  <h1 id="greeting">Good morning, Ada</h1>
  <p id="plan">Team plan</p>
  <main><form id="search"><input name="query" aria-label="Search"></form>
  <section class="card"><button data-testid="save">Save</button><button data-testid="share">Share</button></section>
  <a id="second" href="/second">Second page</a></main>`

/** In the page, before all else: what is closed to its scripts is open to a test. */
export function openShadowRoots() {
  const { attachShadow } = Element.prototype
  Element.prototype.attachShadow = function (init) {
    return attachShadow.call(this, { ...init, mode: 'open' })
  }
}

/** Counts what the page's own listeners hear. */
const counting = `
  window.heard = []
  for (const name of ['click', 'pointerdown', 'mousedown', 'touchstart', 'keydown', 'input', 'focusin', 'submit', 'tourhook:started', 'tourhook:step', 'tourhook:completed', 'tourhook:closed', 'tourhook:queued', 'tourhook:delivered']) {
    document.addEventListener(name, event => window.heard.push(name + ' ' + (event.target.id || event.target.localName)), true)
  }`

/** Reads the hash as soon as it can, and puts its own there. */
const router = `
  window.routes = []
  const go = () => {
    window.routes.push(location.hash)
    if (!location.hash.startsWith('#/')) location.replace('#/home')
  }
  go()
  addEventListener('hashchange', go)`

/** Wants all for itself: the focus, the topmost place, and each event before anybody else. */
const greedy = `
  const above = document.createElement('div')
  above.id = 'greedy'
  above.style = 'position: fixed; inset: 0; z-index: 2147483647; background: rgb(255 0 0 / .1)'
  const field = document.createElement('input')
  field.id = 'field'
  above.append(field)
  addEventListener('DOMContentLoaded', () => {
    document.documentElement.append(above)
    above.popover = 'manual'
    above.showPopover()
    document.addEventListener('focusout', () => field.focus())
    document.addEventListener('focusin', event => event.target !== field && field.focus())
    field.focus()
  })
  for (const name of ['click', 'pointerdown', 'pointermove', 'pointerup', 'mousedown', 'keydown', 'keyup', 'beforeinput', 'input']) {
    addEventListener(name, event => { event.preventDefault(); event.stopImmediatePropagation() }, true)
  }`

const trap = `
  addEventListener('load', () => {
    const dialog = document.getElementById('trapped')
    focusTrap.createFocusTrap(dialog, { allowOutsideClick: false, clickOutsideDeactivates: false }).activate()
  })`

/** Pages of a site that loads the editor, each with a difficulty of its own. */
export function hostPages(companion: string): Record<string, SitePage> {
  const tag = `<script src="/dist/tourhook.full.js" data-server="${companion}" data-tags="myTags"></script>`
  const page = (title: string, { head = '', more = '' } = {}) =>
    `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>${title}</title><script src="/tags.js"></script>${head}${tag}<script src="/counting.js"></script>${body}${more}</html>`
  const withPolicy = (title: string, policy: string) => ({
    html: page(title),
    headers: { 'content-security-policy': policy },
  })
  return {
    '/tags.js': script("window.myTags = { email: 'ada@example.com', userId: 'ada' }"),
    '/counting.js': script(counting),
    '/router.js': script(router),
    '/greedy.js': script(greedy),
    '/trap.js': script(trap),
    '/tabbable.js': library('tabbable/dist/index.umd.min.js'),
    '/focus-trap.js': library('focus-trap/dist/focus-trap.umd.min.js'),
    '/plain': page('Plain'),
    '/second': page('Second'),
    // What is closed to other pages' scripts is open to this one's.
    '/open': page('Open', { head: `<script>(${openShadowRoots})()</script>` }),
    '/strict': withPolicy(
      'Strict',
      `default-src 'none'; script-src 'self'; style-src 'self'; connect-src ${companion}`,
    ),
    '/trusted': withPolicy('Trusted', "require-trusted-types-for 'script'; trusted-types 'none'"),
    '/router': page('Router', { more: '<script src="/router.js"></script>' }),
    '/greedy': page('Greedy', { more: '<script src="/greedy.js"></script>' }),
    '/greedy-first': page('Greedy from the first', { head: '<script src="/greedy.js"></script>' }),
    '/dialog': page('Dialog', {
      more: '<dialog id="own"><button id="inside">Inside</button></dialog><script>document.getElementById("own").showModal()</script>',
    }),
    '/trap': page('Trap', {
      more: '<div id="trapped" role="dialog" aria-label="Trapped"><button id="inside">Inside</button></div><script src="/tabbable.js"></script><script src="/focus-trap.js"></script><script src="/trap.js"></script>',
    }),
    // Its script is not beside an editor.
    '/alone/tourhook.full.js': {
      html: readFileSync('dist/tourhook.full.js', 'utf8'),
      headers: { 'content-type': 'text/javascript' },
    },
    '/alone': page('Alone').replace('/dist/tourhook.full.js', '/alone/tourhook.full.js'),
  }
}
