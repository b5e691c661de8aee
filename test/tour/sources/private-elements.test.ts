import { afterEach, describe, expect, it, vi } from 'vitest'
import { readForm } from '../../../src/tour/sources/form.ts'
import { watchPasswords } from '../../../src/tour/sources/passwords.ts'
import { collect } from '../../../src/tour/sources/sources.ts'

const answers = () => readForm(document.querySelector('form') as HTMLFormElement)
const read = (element: string) => collect({ it: { element } }, { tags: {}, answers: {} }, () => undefined).it

describe('a password that a button shows', () => {
  const html =
    '<form><label>Secret <input type="password" name="word" value="hunter2"></label><button>show</button></form>'

  it.each(['in the very task', 'in an earlier task'])(
    'is read neither by the form nor by itself, when it was shown %s',
    async when => {
      watchPasswords()
      document.body.innerHTML = html
      const input = document.querySelector('input') as HTMLInputElement
      input.type = 'text'
      if (when === 'in an earlier task') await Promise.resolve()
      expect(answers()).toEqual({})
      expect(read('[name=word]')).toBeUndefined()
      expect(read('form')).toBe('Secret show')
    },
  )

  it.each(['open', 'closed'] as const)(
    'is not read from a form in a shadow root that is %s and comes later',
    async mode => {
      watchPasswords()
      document.body.innerHTML = '<div></div>'
      const root = document.querySelector('div')?.attachShadow({ mode }) as ShadowRoot
      root.innerHTML =
        '<form><input name="a" value="b"><input type="password" name="geheim" value="hunter2"></form>'
      await Promise.resolve()
      root.querySelector('[type=password]')?.setAttribute('type', 'text')
      expect(readForm(root.querySelector('form') as HTMLFormElement)).toEqual({ a: 'b' })
    },
  )

  it('is known by its name, though it was shown before Tourhook came', () => {
    document.body.innerHTML =
      '<form><input name="userPassword" value="hunter2"><input id="passwd" name="b" value="c"></form>'
    expect(answers()).toEqual({})
    expect(read('[name=b]')).toBeUndefined()
  })
})

describe('a field that only its name tells', () => {
  it.each([
    'otp',
    'login_otp',
    'otp_code',
    'one-time-code',
    'cardNumber',
    'card_number',
    'cvc',
    'user_pass',
    'pass1',
    'mot_de_passe',
    'mdp',
    'Kennwort',
    'contrasena',
    'senha',
    'pin',
  ])('is private as %s', name => {
    document.body.innerHTML = `<form><input name="${name}" value="s"></form>`
    expect(answers()).toEqual({})
    expect(read('input')).toBeUndefined()
  })

  it.each([
    'footprint',
    'hotpick',
    'scorecard',
    'session',
    'authors',
    'passengers',
    'compass',
    'bypass',
    'spin',
    'shipping',
  ])('is open as %s', name => {
    document.body.innerHTML = `<form><input name="${name}" value="s"></form>`
    expect(answers()).toEqual({ [name]: 's' })
  })
})

describe('one value of several', () => {
  it('that is private is left out: a box of a group, an option of a select', () => {
    document.body.innerHTML = `<form>
      <input type="checkbox" name="health" value="tired" checked>
      <input type="checkbox" name="health" value="ill" checked data-private>
      <select name="plan" multiple><option selected>pro</option><option selected data-private>hidden</option></select>
      <select name="one"><option selected data-private>secret</option></select></form>`
    expect(answers()).toEqual({ health: ['tired'], plan: ['pro'] })
    expect(read('[name=one]')).toBeUndefined()
    expect(read('[name=one] option')).toBeUndefined()
  })

  it('that is a hidden input is left out: a CSRF token', () => {
    document.body.innerHTML =
      '<form><input type="hidden" name="csrf" value="t0ken"><input name="a" value="b"></form>'
    expect(answers()).toEqual({ a: 'b' })
    expect(read('[name=csrf]')).toBeUndefined()
    const source = { element: '[name=csrf]', attribute: 'value' }
    expect(collect({ it: source }, { tags: {}, answers: {} }, () => undefined)).toEqual({})
  })

  it('that the page adds to the form’s data under a secret’s name is left out', () => {
    document.body.innerHTML = '<form><input name="a" value="b"></form>'
    const form = document.querySelector('form') as HTMLFormElement
    vi.stubGlobal(
      'FormData',
      class extends FormData {
        constructor(form?: HTMLFormElement) {
          super(form)
          // As a listener of `formdata` does, which happy-dom does not know.
          this.append('_csrf', 't0ken')
        }
      },
    )
    expect(readForm(form)).toEqual({ a: 'b' })
    vi.unstubAllGlobals()
  })
})

describe('what is private by another', () => {
  it('is a field of a private form that it lies outside of', () => {
    document.body.innerHTML = '<form data-private id="f"></form><input form="f" name="a" value="b">'
    expect(answers()).toEqual({})
    expect(read('[name=a]')).toBeUndefined()
  })

  it('is an option of a card’s month', () => {
    document.body.innerHTML = '<select autocomplete="cc-exp-month"><option selected>07</option></select>'
    expect(read('option:checked')).toBeUndefined()
  })

  it('is what a private host holds in its shadow', () => {
    document.body.innerHTML = '<div data-private></div>'
    const root = document.querySelector('div')?.attachShadow({ mode: 'open' }) as ShadowRoot
    root.innerHTML = '<form><input name="a" value="b"></form>'
    expect(readForm(root.querySelector('form') as HTMLFormElement)).toEqual({})
  })

  it('is a radio button of a group, whose other is shown', () => {
    document.body.innerHTML = `<input type="radio" name="r" id="open" value="a">
      <input type="radio" name="r" value="b" checked data-private>`
    expect(read('#open')).toBeUndefined()
  })
})

it('a form whose field is called form is no endless question', () => {
  document.body.innerHTML = '<form><input name="form" value="a"></form>'
  expect(read('form')).toBe('')
})

describe('a page with classes of its own called Node and Text', () => {
  afterEach(() => void vi.unstubAllGlobals())

  it('has its form read, and what is private left out', () => {
    document.body.innerHTML =
      '<form><p>Hi <b>you</b></p><input name="a" value="b"><input name="c" value="d" data-private></form>'
    class Node {}
    vi.stubGlobal('Node', Node)
    vi.stubGlobal('Text', Node)
    expect(answers()).toEqual({ a: 'b' })
    expect(read('p')).toBe('Hi you')
  })
})
