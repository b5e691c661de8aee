import { expect, it } from 'vitest'
import { readForm } from '../../../src/tour/sources/form.ts'

function answersOf(html: string): Record<string, unknown> {
  document.body.innerHTML = `<form id="form">${html}</form>`
  return readForm(document.querySelector('form') as HTMLFormElement)
}

it.each([
  ['ticked', 'checked', true],
  ['not ticked', '', false],
])('reads the check box of ASP.NET, %s, and not the hidden input of its name', (_, checked, answer) => {
  const box = `<input type="checkbox" name="News" value="true" ${checked}>`
  expect(answersOf(`${box}<input type="hidden" name="News" value="false">`)).toEqual({ News: answer })
  expect(answersOf(`<input type="hidden" name="News" value="0">${box}`)).toEqual({ News: answer })
})

it('reads the check boxes of Rails as the list of those that are ticked', () => {
  const box = (value: number, checked = '') =>
    `<input type="checkbox" name="ids[]" value="${value}" ${checked}>`
  const hidden = '<input type="hidden" name="ids[]" value="">'
  expect(answersOf(hidden + box(1, 'checked') + box(2))).toEqual({ 'ids[]': ['1'] })
  expect(answersOf(hidden + box(1) + box(2))).toEqual({ 'ids[]': [] })
  expect(answersOf(hidden + box(1, 'checked'))).toEqual({ 'ids[]': ['1'] })
})

it('reads a name that is repeated as the list of its values, not as the last', () => {
  const input = (value: string) => `<input name="emails[]" value="${value}">`
  expect(answersOf(input('a@x.example') + input('b@x.example') + input(''))).toEqual({
    'emails[]': ['a@x.example', 'b@x.example', ''],
  })
  expect(answersOf('<input name="line" value="a"><input name="line" value="b">')).toEqual({ line: ['a', 'b'] })
  expect(answersOf(input('a@x.example'))).toEqual({ 'emails[]': ['a@x.example'] })
})

it('reads a radio button with the text of its name beside it', () => {
  const html = (first: string, other: string, text: string) =>
    `<input type="radio" name="from" value="ad" ${first}><input type="radio" name="from" value="other" ${other}>
     <input name="from" value="${text}">`
  expect(answersOf(html('checked', '', ''))).toEqual({ from: 'ad' })
  expect(answersOf(html('', 'checked', 'A friend'))).toEqual({ from: ['other', 'A friend'] })
  expect(answersOf(html('', '', ''))).toEqual({ from: '' })
})

it.each([
  ['12345678901234567890', '12345678901234567890'],
  ['9007199254740993', '9007199254740993'],
  ['9007199254740991', 9007199254740991],
  ['0.12345678901234567891', '0.12345678901234567891'],
  ['1e999', '1e999'],
  ['7.50', 7.5],
  ['-3', -3],
  ['0', 0],
])('keeps the number %s without loss', (typed, answer) => {
  document.body.innerHTML = '<form><input type="number" name="it"></form>'
  const [form] = document.forms
  const input = form?.querySelector('input') as HTMLInputElement
  Object.defineProperty(input, 'value', { value: typed })
  expect(readForm(form as HTMLFormElement)).toEqual({ it: answer })
})

it.each([
  'elements',
  'length',
  'submit',
  'matches',
  'addEventListener',
  'querySelectorAll',
  'getRootNode',
  'id',
  'form',
  'closest',
  'getAttribute',
  'childNodes',
  'localName',
  'shadowRoot',
  'getClientRects',
])('reads a form whose field is called %s', name => {
  expect(answersOf(`<input name="${name}" value="a"><input name="b" value="c">`)).toEqual({
    [name]: 'a',
    b: 'c',
  })
})

it('reads a form though the page has replaced `elements` by something that can not be walked', () => {
  document.body.innerHTML = '<form><input name="a" value="b"></form>'
  const [form] = document.forms
  Object.defineProperty(form, 'elements', { value: { length: 1 } })
  expect(readForm(form as HTMLFormElement)).toEqual({ a: 'b' })
})

it('reads a field that lies elsewhere and belongs to the form', () => {
  document.body.innerHTML = '<form id="f"></form><input form="f" name="a" value="b"><input name="c" value="d">'
  expect(readForm(document.forms[0] as HTMLFormElement)).toEqual({ a: 'b' })
})

it('leaves out a choice that is disabled, as the form’s data does', () => {
  expect(
    answersOf(`<select name="a"><option disabled selected value="">Choose</option><option>b</option></select>
      <select name="c" multiple><option selected>1</option><option selected disabled>2</option>
      <optgroup disabled><option selected>3</option></optgroup></select>`),
  ).toEqual({ c: ['1'] })
})
