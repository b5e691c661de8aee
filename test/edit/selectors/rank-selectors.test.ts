import { afterEach, describe, expect, it, vi } from 'vitest'
import { rankSelectors } from '../../../src/edit/selectors/rank-selectors.ts'

afterEach(() => {
  document.body.replaceChildren()
  vi.restoreAllMocks()
})

/** The selectors for what is marked with `pick`, once the mark is gone. */
function ranked(html: string) {
  document.body.innerHTML = html
  const target = document.querySelector('[pick]')
  if (!target) throw new Error('nothing is marked')
  target.removeAttribute('pick')
  const all = rankSelectors(target)
  for (const { selector } of all) expect([...document.querySelectorAll(selector)][0]).toBe(target)
  return all
}
const best = (html: string) => ranked(html)[0]
const selector = (html: string) => best(html)?.selector

describe('the selector chosen', () => {
  it.each([
    ['<button pick id="save" data-testid="save-order" class="btn">', '[data-testid="save-order"]'],
    ['<button pick id="save" name="save" class="btn">', '#save'],
    ['<input pick id=":r1:" name="email" placeholder="Email">', '[name="email"]'],
    ['<a pick href="/pricing" class="css-1x2y3z" title="See prices">', '[href="/pricing"]'],
    ['<div class="card"></div><div pick class="card Card_title__a8f3x">', '[class*="Card_title__"]'],
    ['<p pick class="page-module__kdabe__lead">', '[class*="page-module__"][class*="__lead"]'],
    ['<button pick class="save is-active px-4 bg-blue-500">', '.save'],
    ['<button pick id="radix-:r3:-trigger-profile">', '[id*="-trigger-profile"]'],
    ['<button pick id="_r_3_-trigger-profile">', '[id*="-trigger-profile"]'],
    ['<div id="cart"><i></i><button pick class="sc-bdVaJa kEfqYz">Buy</button></div>', '#cart button'],
    [
      '<label pick><span>Email</span><input name="email"></label><label><input></label>',
      'label:has(> [name="email"])',
    ],
  ])('of %s is %s', (html, expected) => {
    expect(best(html)).toMatchObject({ selector: expected, matches: 1, index: 0, isFragile: false })
  })

  it('is none that a build has generated', () => {
    const names = [
      'css-1x2y3z',
      'css-ladida',
      'sc-bdVaJa',
      'kEfqYz',
      'svelte-1abcde',
      'x1n2onr6',
      '_title_kdabe_12',
    ]
    for (const name of names) expect(selector(`<i></i><p pick class="${name}" id=":r1:">`)).not.toContain(name)
    expect(selector('<p></p><p pick data-v-7ba5bd90 id="ember1234">')).toBe('body > p:nth-of-type(2)')
  })

  it('is of styled-components’ hash nothing, though it may look like a word', () => {
    expect(selector('<i></i><p></p><p pick class="sc-bdVaJa kodane">')).toBe('body > p:nth-of-type(2)')
  })

  it.each([
    'instructions',
    'background',
    'obviously',
    'fallthrough',
    'svgIcon',
    'address2',
    'c-card',
    'block__element--mod',
  ])('may be the written class %s', name =>
    expect(selector(`<p></p><p pick class="${name}">`)).toBe(`.${name}`),
  )

  it('is that of a row by what it holds, and of its button by the row', () => {
    const row = (name: string, mark = '') =>
      `<tr><td><a href="/people/${name}">${name}</a></td><td><button ${mark}><i class="icon-${name}"></i></button></td></tr>`
    const table = `<table>${row('ann')}${row('bob', 'pick')}</table>`
    expect(selector(table)).toBe('tr:has([href="/people/bob"]) button')
    expect(
      selector(
        table
          .replace('pick', '')
          .replace('<tr><td><a href="/people/bob"', '<tr pick><td><a href="/people/bob"'),
      ),
    ).toBe('tr:has([href="/people/bob"])')
  })

  it('names no state that the element is in', () => {
    const html =
      '<li><li pick class="tab is-active" data-state="open" aria-expanded="true" aria-current="page">'
    expect(selector(html)).toBe('.tab')
  })
})

describe('the advice', () => {
  it.each([
    ['<button></button><button pick aria-label="Save">', /words “Save”/],
    ['<button></button><button pick>', /order/],
    ['<button></button><button pick class="px-4">', /look/],
    ['<tr></tr><i id="order-1042" pick></i><i>', /1042/],
  ])('says of %s what loses it', (html, why) => {
    expect(best(html)).toMatchObject({ isFragile: true, why: expect.stringMatching(why) })
  })

  it('says that no selector reaches into a shadow root, and finds its host', () => {
    document.body.innerHTML = '<x-card></x-card>'
    const root = document.querySelector('x-card')?.attachShadow({ mode: 'open' })
    const button = root?.appendChild(document.createElement('button'))
    expect(rankSelectors(button as Element)[0]).toMatchObject({
      selector: 'x-card',
      isFragile: true,
      why: 'It is inside <x-card>, where no selector reaches: this finds <x-card> itself.',
    })
  })
})

it('works in a browser that does not know :has()', () => {
  for (const { prototype } of [Document, Element]) {
    const { querySelectorAll } = prototype
    vi.spyOn(prototype, 'querySelectorAll').mockImplementation(function (
      this: Document & Element,
      css: string,
    ) {
      if (css.includes(':has(')) throw new SyntaxError(css)
      return querySelectorAll.call(this, css)
    })
  }
  expect(selector('<p></p><p></p><p pick><a href="/one">One</a></p>')).toBe('body > p:nth-of-type(3)')
})

it('offers several selectors, the surest first, each of which the page finds', () => {
  const html = `<form id="order"><button></button>
    <button pick data-testid="buy" class="buy" name="buy" aria-label="Buy">Buy</button></form>`
  expect(ranked(html).map(({ kind }) => kind)).toEqual(expect.arrayContaining(['data', 'attribute', 'words']))
})

it('looks at a form whose fields are named like its properties', () => {
  const names = [
    'id',
    'attributes',
    'children',
    'matches',
    'className',
    'parentNode',
    'getAttribute',
    'localName',
  ]
  const fields = names.map(name => `<input name="${name}">`).join('')
  expect(selector(`<form></form><form pick id="search">${fields}</form>`)).toBe('#search')
})
