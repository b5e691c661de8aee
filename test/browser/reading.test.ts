import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Browser, type BrowserPage, launchBrowser } from '../support/browsers.ts'
import { createSite, type Site } from '../support/site.ts'

const config = JSON.stringify({
  webhooks: [{ id: 'crm', url: 'http://127.0.0.1:9/none', transport: 'simple' }],
  tours: [{ id: 't', steps: [{ type: 'modal' }, { type: 'modal' }] }],
})

let browser: Browser
let site: Site
let page: BrowserPage

beforeAll(async () => {
  browser = await launchBrowser('chromium')
  const html = `<!doctype html><title>Fields</title>
    <script type="application/json" id="tourhook-config">${config}</script>
    <script src="/dist/tourhook.js"></script><main></main>`
  site = await createSite({ pages: { '/': html } })
  page = await browser.newPage()
  await page.goto(site.url())
  await page.waitFor(() => 'start' in (window.tourhook ?? {}))
})
afterAll(async () => {
  await browser.close()
  await site.close()
})

/** The answers that the built script collects from this form. */
function answersOf(html: string): Promise<unknown> {
  return page.evaluate(html => {
    const main = document.querySelector('main') as HTMLElement
    main.innerHTML = `<form>${html}</form>`
    const tourhook = window.tourhook as unknown as import('../../src/tourhook.ts').Tourhook
    tourhook.start('t')?.close()
    const run = tourhook.start('t')
    run?.collect(main.querySelector('form') as HTMLFormElement)
    return { ...run?.answers }
  }, html)
}

/** What the built script sends of the element `#it`. */
function read(html: string): Promise<unknown> {
  return page.evaluate(async html => {
    const main = document.querySelector('main') as HTMLElement
    main.innerHTML = html
    const tourhook = window.tourhook as unknown as import('../../src/tourhook.ts').Tourhook
    let data: Record<string, unknown> = {}
    const undo = tourhook.on('queued', ({ message }) => {
      if ('data' in message) data = message.data
    })
    tourhook.trigger({ type: 'webhook', webhook: 'crm', data: { it: { element: '#it' } } })
    undo()
    return data.it
  }, html)
}

describe('a form', () => {
  it('is read without what a disabled fieldset holds', async () => {
    expect(
      await answersOf(`<fieldset disabled><legend><input name="legend" value="1"></legend><input name="off" value="2"></fieldset>
        <input name="on" value="3">`),
    ).toEqual({ legend: '1', on: '3' })
  })

  it('is read with the page’s own components, but for the private ones', async () => {
    await page.evaluate(() => {
      class Field extends HTMLElement {
        static formAssociated = true
        connectedCallback() {
          this.attachInternals().setFormValue(this.getAttribute('now'))
        }
      }
      customElements.define('x-field', Field)
    })
    expect(
      await answersOf(`<x-field name="city" now="Ulm"></x-field><x-field name="many" now="1"></x-field>
        <x-field name="many" now="2"></x-field><x-field name="pin" now="0000" data-private></x-field>`),
    ).toEqual({ city: 'Ulm', many: ['1', '2'] })
  })

  it('is read without what a private component says under other names', async () => {
    await page.evaluate(() => {
      class Address extends HTMLElement {
        static formAssociated = true
        connectedCallback() {
          const said = new FormData()
          said.append(`${this.id}-street`, 'Am Hof 1')
          this.attachInternals().setFormValue(said)
        }
      }
      customElements.define('x-address', Address)
    })
    expect(await answersOf('<x-address id="to" name="to"></x-address>')).toEqual({ 'to-street': 'Am Hof 1' })
    expect(
      await answersOf(`<input name="city" value="Ulm"><x-address id="to" name="to" data-private></x-address>
        <div data-private><x-address id="from"></x-address></div>`),
    ).toEqual({ city: 'Ulm' })
  })

  it('is read without what stands in a slot that is private', async () => {
    await page.evaluate(() => {
      class Safe extends HTMLElement {
        connectedCallback() {
          this.attachShadow({ mode: 'open' }).innerHTML =
            '<div data-private><slot name="secret"></slot></div><slot></slot>'
        }
      }
      customElements.define('x-safe', Safe)
    })
    expect(
      await answersOf(
        `<x-safe><p slot="secret"><input name="iban" value="DE1"></p><input name="city" value="Ulm"></x-safe>`,
      ),
    ).toEqual({ city: 'Ulm' })
    expect(await read('<x-safe><b id="it" slot="secret">DE1</b></x-safe>')).toBeUndefined()
    expect(await read('<x-safe><b id="it">Ulm</b></x-safe>')).toBe('Ulm')
  })

  it('is read without a field that the page’s style masks', async () => {
    expect(await answersOf('<input name="word" value="s" style="-webkit-text-security: disc">')).toEqual({})
  })
})

describe('an element', () => {
  it('is read as its words stand there', async () => {
    expect(await read('<table><tr id="it"><td>2</td><td>49</td></tr></table>')).toBe('2 49')
    expect(await read('<div id="it" style="display:flex"><span>2</span><span>49</span></div>')).toBe('2 49')
    expect(await read('<p id="it"><s hidden>99</s>49</p>')).toBe('49')
    const forScreenReaders = 'position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)'
    expect(await read(`<p id="it"><span style="${forScreenReaders}">Old</span> 49</p>`)).toBe('49')
  })

  it('is the one that is shown of two', async () => {
    expect(await read('<div hidden><b id="it">old</b></div><b id="it">new</b>')).toBe('new')
    expect(await read('<div style="display:contents" id="it">all</div>')).toBe('all')
  })

  it('makes no component anew', async () => {
    await page.evaluate(() => {
      Reflect.set(window, 'made', 0)
      class Counted extends HTMLElement {
        constructor() {
          super()
          Reflect.set(window, 'made', Reflect.get(window, 'made') + 1)
        }
      }
      customElements.define('x-counted', Counted)
    })
    expect(await read('<div id="it">a <x-counted>b</x-counted></div>')).toBe('a b')
    expect(await page.evaluate(() => Reflect.get(window, 'made'))).toBe(1)
  })
})
