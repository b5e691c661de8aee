import { isRebuilt, order, text } from './rebuild.ts'

/** A component of the page's own, with what it draws in a shadow root. */
function define(name: string, draw: (host: HTMLElement) => string, mode: ShadowRootMode = 'open') {
  customElements.define(
    name,
    class extends HTMLElement {
      connectedCallback() {
        this.attachShadow({ mode }).innerHTML = `<style>:host { display: block }</style>${draw(this)}`
      }
    },
  )
}

define('shop-rating', () =>
  [1, 2, 3].map(star => `<button part="star" pick="star ${star}">${text('★', '✩')}</button>`).join(''),
)
define(
  'shop-search',
  () =>
    `<form><input name="q" pick="inside field"><button type="submit" pick="inside go">${text('Go', 'Los')}</button></form>`,
)
define('shop-pay', () => `<button>${text('Pay', 'Zahlen')}</button>`, 'closed')
define(
  'shop-card',
  () =>
    `<h3 class="name" pick="inside name"><slot name="title"></slot></h3><slot></slot><shop-rating></shop-rating>`,
)

const cards = order(['mug', 'bowl', 'vase']).map(
  name => `<shop-card sku="${name}">
    <span slot="title" pick="${name} title">${text(name, `die ${name}`)}</span>
    <a href="/things/${name}" pick="${name} link">${text('See', 'Ansehen')}</a>
    <button type="button" pick="${name} buy">${text('Buy', 'Kaufen')}</button>
  </shop-card>`,
)
const tools = order(['wish', 'compare', 'share']).map(
  name =>
    `<shop-tool icon="${name}" style="display: inline-block" pick="${name} tool">${text(name, name[0] ?? '')}</shop-tool>`,
)

document.body.innerHTML = `
  ${isRebuilt ? '<shop-banner>Neu</shop-banner>' : ''}
  <shop-header pick="header"><a slot="logo" href="/" pick="logo">${text('Home', 'Start')}</a></shop-header>
  <shop-search pick="search"></shop-search>
  <div>${tools.join('')}</div>
  <div class="grid" pick="grid">${cards.join('')}</div>
  <shop-footer><p pick="note">${text('All made by hand', 'Alles Handarbeit')}</p></shop-footer>
  <shop-pay pick="pay"></shop-pay>`
