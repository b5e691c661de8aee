import { beforeEach, describe, expect, it } from 'vitest'
import type { Source } from '../../../src/schema/data.ts'
import { readForm } from '../../../src/tour/sources/form.ts'
import { collect, lookUp, type Scope } from '../../../src/tour/sources/sources.ts'

const scope: Scope = {
  tags: { plan: 'pro', seats: 3, trial: false },
  answers: { role: 'Developer', colors: ['red'], plan: 'answered' },
  tour: { id: 'welcome', name: 'Welcome', step: 'send', startedAt: '2026-11-23T09:00:00.000Z' },
}
const mistakes: unknown[] = []

beforeEach(() => {
  mistakes.length = 0
  document.body.innerHTML = ''
})

function read(source: Source, from: Scope = scope): unknown {
  return collect({ it: source }, from, mistake => mistakes.push(mistake)).it
}

/** What `{ element }` reads of this HTML at `#it`. */
function readElement(html: string, attribute?: string): unknown {
  document.body.innerHTML = html
  return read({ element: '#it', ...(attribute && { attribute }) })
}

function answersOf(html: string): Record<string, unknown> {
  document.body.innerHTML = `<form>${html}</form>`
  return readForm(document.forms[0] as HTMLFormElement)
}

describe('the source of a value', () => {
  it('is a tag, as what it is', () => {
    expect(read({ tag: 'plan' })).toBe('pro')
    expect(read({ tag: 'seats' })).toBe(3)
    expect(read({ tag: 'trial' })).toBe(false)
  })

  it('is an answer', () => {
    expect(read({ answer: 'role' })).toBe('Developer')
    expect(read({ answer: 'colors' })).toEqual(['red'])
  })

  it('is the page', () => {
    document.title = 'Projects'
    document.documentElement.lang = 'de'
    expect(read({ page: 'url' })).toBe(location.href)
    expect(read({ page: 'path' })).toBe(location.pathname)
    expect(read({ page: 'title' })).toBe('Projects')
    expect(read({ page: 'referrer' })).toBe(document.referrer)
    expect(read({ page: 'language' })).toBe('de')
    document.documentElement.lang = ''
    expect(read({ page: 'language' })).toBe(navigator.language)
  })

  it('is the tour', () => {
    expect(read({ tour: 'id' })).toBe('welcome')
    expect(read({ tour: 'name' })).toBe('Welcome')
    expect(read({ tour: 'step' })).toBe('send')
    expect(read({ tour: 'startedAt' })).toBe('2026-11-23T09:00:00.000Z')
    expect(read({ tour: 'id' }, { tags: {}, answers: {} })).toBeUndefined()
  })

  it('is a constant, also one that is false, empty or null', () => {
    for (const value of ['spring', 0, false, '', null]) expect(read({ value })).toBe(value)
  })

  it('that has no value is left out', () => {
    const data = { a: { tag: 'none' }, b: { answer: 'none' }, c: { element: '#none' }, d: { value: 1 } }
    expect(collect(data, scope, mistake => mistakes.push(mistake))).toEqual({ d: 1 })
    expect(mistakes).toEqual([])
  })

  it('never is something of a prototype', () => {
    expect(read({ tag: 'constructor' })).toBeUndefined()
    expect(read({ answer: '__proto__' })).toBeUndefined()
    expect(read({ tag: 'toString' })).toBeUndefined()
  })

  it('that can’t be read is announced, and the rest is sent', () => {
    const data = { a: { element: '##' }, b: { value: 1 } }
    expect(collect(data, scope, mistake => mistakes.push(mistake))).toEqual({ b: 1 })
    expect(mistakes).toHaveLength(1)
  })
})

describe('an element', () => {
  it('gives what it shows, its space put in order', () => {
    expect(readElement('<p id="it">  12 \n <b>seats</b> </p>')).toBe('12 seats')
  })

  it('gives an attribute', () => {
    expect(readElement('<p id="it" data-sum="12">twelve</p>', 'data-sum')).toBe('12')
    expect(readElement('<p id="it">twelve</p>', 'data-sum')).toBeUndefined()
    expect(readElement('<p id="it" data-sum="">twelve</p>', 'data-sum')).toBe('')
  })

  it('gives what the visitor has typed or chosen', () => {
    expect(readElement('<input id="it" value="Ada">')).toBe('Ada')
    expect(readElement('<textarea id="it">Hello</textarea>')).toBe('Hello')
    expect(readElement('<input id="it" type="number" value="7.5">')).toBe(7.5)
    expect(readElement('<input id="it" type="checkbox" checked>')).toBe(true)
    expect(readElement('<select id="it"><option>a</option><option selected>b</option></select>')).toBe('b')
    document.body.innerHTML = '<input id="it" value="Ada">'
    const input = document.querySelector('input') as HTMLInputElement
    input.value = 'Grace'
    expect(read({ element: '#it' })).toBe('Grace')
  })

  it('gives no script and no style', () => {
    expect(readElement('<div id="it">a<script>secret</script><style>b{}</style>c</div>')).toBe('ac')
  })
})

describe('privacy', () => {
  const privates = {
    'a password': '<input ATTRS type="password" value="secret">',
    'a password that is shown': '<input ATTRS type="text" autocomplete="current-password" value="secret">',
    'a new password': '<input ATTRS autocomplete="new-password" value="secret">',
    'a card’s number': '<input ATTRS autocomplete="cc-number" value="secret">',
    'a card’s code': '<input ATTRS autocomplete="section-a billing CC-CSC" value="secret">',
    'a one-time code': '<input ATTRS autocomplete="one-time-code" value="secret">',
    'a private field': '<input ATTRS data-private value="secret">',
    'a private text': '<p ATTRS data-private title="secret">secret</p>',
  }

  it.each(Object.entries(privates))('keeps %s from being read, its attributes included', (_, html) => {
    const asTarget = html.replace('ATTRS', 'id="it"')
    expect(readElement(asTarget)).toBeUndefined()
    expect(readElement(asTarget, 'value')).toBeUndefined()
    expect(readElement(asTarget, 'title')).toBeUndefined()
  })

  it.each(Object.entries(privates))('keeps %s out of the text around it', (_, html) => {
    expect(readElement(`<div id="it">open ${html.replace('ATTRS', '')}</div>`)).toBe('open')
  })

  it.each(Object.entries(privates))('keeps %s out of a form', (_, html) => {
    expect(answersOf(html.replace('ATTRS', 'name="it"'))).toEqual({})
  })

  it('covers all that is inside of [data-private]', () => {
    expect(readElement('<div data-private><p><i id="it" title="secret">secret</i></p></div>')).toBeUndefined()
    expect(readElement('<div data-private><i id="it" title="secret">secret</i></div>', 'title')).toBeUndefined()
    expect(answersOf('<fieldset data-private><input name="it" value="secret"></fieldset>')).toEqual({})
    document.body.innerHTML = '<main data-private><form><input name="it" value="secret"></form></main>'
    expect(readForm(document.forms[0] as HTMLFormElement)).toEqual({})
  })

  it('leaves what is private on the page', () => {
    readElement('<div id="it">open <b data-private>secret</b></div>')
    expect(document.querySelector('#it')?.textContent).toBe('open secret')
  })
})

describe('a form', () => {
  it('gives each kind of field as what it is', () => {
    expect(
      answersOf(`
        <input name="text" value="Ada">
        <textarea name="textarea">Hello</textarea>
        <input type="email" name="email" value="ada@example.com">
        <input type="number" name="number" value="42">
        <input type="range" name="range" min="0" max="10" value="3">
        <select name="select"><option>a</option><option selected>b</option></select>
        <select name="several" multiple><option selected>a</option><option selected>b</option><option>c</option></select>
        <input type="radio" name="radio" value="x"><input type="radio" name="radio" value="y" checked>
        <input type="checkbox" name="yes" checked><input type="checkbox" name="no">
        <input type="checkbox" name="many" value="1" checked><input type="checkbox" name="many" value="2">
        <input type="checkbox" name="many" value="3" checked>
        <input type="checkbox" name="none" value="1"><input type="checkbox" name="none" value="2">`),
    ).toEqual({
      text: 'Ada',
      textarea: 'Hello',
      email: 'ada@example.com',
      number: 42,
      range: 3,
      select: 'b',
      several: ['a', 'b'],
      radio: 'y',
      yes: true,
      no: false,
      many: ['1', '3'],
      none: [],
    })
  })

  it('leaves out what has no name, no choice, and what is no answer', () => {
    expect(
      answersOf(`
        <input value="nameless">
        <input type="radio" name="radio" value="x"><input type="file" name="file">
        <button name="button" value="b">b</button><input type="submit" name="submit" value="Send">
        <input type="reset" name="reset"><input type="button" name="click" value="c"><output name="output">1</output>`),
    ).toEqual({})
  })

  it('gives an empty text or number as an empty text', () => {
    expect(answersOf('<input name="text" value=""><input type="number" name="number" value="">')).toEqual({
      text: '',
      number: '',
    })
  })

  it('is not led astray by the names of its fields', () => {
    const answers = answersOf(
      '<input name="__proto__" value="a"><input name="constructor" value="b"><input name="length" value="c">',
    )
    expect(Object.entries(answers)).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
      ['length', 'c'],
    ])
  })
})

describe('an answer', () => {
  it('that was left empty is left out', () => {
    expect(read({ answer: 'note' }, { tags: {}, answers: { note: '' } })).toBeUndefined()
  })

  it('that is 0 or false is one', () => {
    const answers = { score: 0, agreed: false }
    expect(read({ answer: 'score' }, { tags: {}, answers })).toBe(0)
    expect(read({ answer: 'agreed' }, { tags: {}, answers })).toBe(false)
  })
})

describe('a placeholder', () => {
  it('is a tag or an answer, the tag first', () => {
    expect(lookUp('plan', scope)).toBe('pro')
    expect(lookUp('role', scope)).toBe('Developer')
    expect(lookUp('nobody', scope)).toBeUndefined()
  })

  it('of an answer that was left empty has no value', () => {
    expect(lookUp('note', { tags: {}, answers: { note: '' } })).toBeUndefined()
  })

  it('says with a prefix which it is', () => {
    expect(lookUp('answer.plan', scope)).toBe('answered')
    expect(lookUp('tag.plan', scope)).toBe('pro')
    expect(lookUp('tour.name', scope)).toBe('Welcome')
    expect(lookUp('page.path', scope)).toBe(location.pathname)
    expect(lookUp('tag.__proto__', scope)).toBeUndefined()
    expect(lookUp('element.body', scope)).toBeUndefined()
  })
})
