import { afterEach, describe, expect, it, vi } from 'vitest'
import { collect } from '../../../src/tour/sources/sources.ts'

afterEach(() => document.body.replaceChildren())

/** What `{ element }` reads of this HTML at `#it`. */
function read(html: string, element = '#it'): unknown {
  document.body.innerHTML = html
  return collect({ it: { element } }, { tags: {}, answers: {} }, () => undefined).it
}

describe('an element’s text', () => {
  it('keeps the words of its blocks and lines apart', () => {
    expect(read('<div id="it"><p>2</p><p>49</p></div>')).toBe('2 49')
    expect(read('<p id="it">first line<br>second</p>')).toBe('first line second')
    expect(read('<p id="it">12<b>3</b><i>4</i></p>')).toBe('1234')
  })

  it('leaves out what is hidden', () => {
    const hidden = ['display:none', 'visibility:hidden', 'opacity:0', 'clip:rect(0px, 0px, 0px, 0px)']
    for (const style of hidden) {
      expect(read(`<p id="it"><span style="${style}">Old 99</span>49</p>`)).toBe('49')
    }
    expect(read('<div id="it">a<noscript><b>b</b></noscript><template>c</template></div>')).toBe('a')
    expect(read('<details id="it"><summary>More</summary><p>secret</p></details>')).toBe('More')
  })

  it('is that of the one that is shown, where several match', () => {
    expect(read('<p id="it" style="display:none">old</p><p id="it">new</p>')).toBe('new')
    expect(read('<p id="it" data-private>mine</p><p id="it">yours</p>')).toBe('yours')
  })

  it('is none where the element is hidden', () => {
    expect(read('<p id="it" style="display:none">old</p>')).toBeUndefined()
  })

  it('is what a component shows in its shadow', () => {
    document.body.innerHTML = '<x-price id="it"><b slot="unit">€</b></x-price>'
    const root = document.querySelector('x-price')?.attachShadow({ mode: 'open' }) as ShadowRoot
    root.innerHTML = '<p>49</p><slot name="unit"></slot>'
    expect(collect({ it: { element: '#it' } }, { tags: {}, answers: {} }, () => undefined).it).toBe('49 €')
  })
})

describe('an element that a visitor answers by', () => {
  it('gives the checked radio button of its group', () => {
    const radios =
      '<input type="radio" name="plan" value="a"><input type="radio" name="plan" value="b" checked>'
    expect(read(radios, '[name=plan]')).toBe('b')
    expect(read(radios.replace(' checked', ''), '[name=plan]')).toBeUndefined()
    expect(
      read(
        `<form>${radios}</form><form><input type="radio" name="plan" value="c" checked></form>`,
        '[name=plan]',
      ),
    ).toBe('b')
  })

  it('gives a component’s value', () => {
    document.body.innerHTML = '<x-input id="it"></x-input><x-box id="box"></x-box>'
    Object.assign(document.querySelector('#it') as Element, { value: 'Ada' })
    Object.assign(document.querySelector('#box') as Element, { value: 'on', checked: false })
    const data = { it: { element: '#it' }, box: { element: '#box' } }
    expect(collect(data, { tags: {}, answers: {} }, () => undefined)).toEqual({ it: 'Ada', box: false })
  })
})

it('is read without a copy, which would load images and run components anew', () => {
  const clone = vi.spyOn(Node.prototype, 'cloneNode')
  expect(read('<div id="it">a <img alt=""></div>')).toBe('a')
  expect(clone).not.toHaveBeenCalled()
})

it.each([
  'matches',
  'closest',
  'childNodes',
  'localName',
  'shadowRoot',
  'getAttribute',
  'getRootNode',
  'form',
  'getClientRects',
])('reads around a form whose field is called %s', name => {
  const html = `<main id="it">Hi <form title="t">Ada <input name="${name}" value="x"></form></main>`
  expect(read(html)).toBe('Hi Ada')
  expect(read(html, 'form')).toBe('Ada')
  expect(read(html, 'input')).toBe('x')
  document.body.innerHTML = html
  const data = { it: { element: 'form', attribute: 'title' } }
  expect(collect(data, { tags: {}, answers: {} }, () => undefined).it).toBe('t')
})
