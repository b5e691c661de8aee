import { afterEach, expect, test } from 'vitest'
import { element } from '../../../src/render/layer/element.ts'
import { drawField } from '../../../src/render/step/fields.ts'
import { labelsOf } from '../../../src/render/text/labels.ts'
import type { Field } from '../../../src/schema/field.ts'
import { answerOf } from '../../../src/tour/answer-of.ts'
import { readForm } from '../../../src/tour/sources/form.ts'
import type { Json } from '../../../src/values/json.ts'

afterEach(() => {
  document.documentElement.lang = ''
})

function draw(field: Field, answer?: Json) {
  const { element: drawn, check } = drawField(field, { id: 'field-0', answer, labels: labelsOf() })
  const form = element('form', {}, drawn)
  document.body.replaceChildren(form)
  const inputs = Array.from(form.elements).filter((control): control is HTMLInputElement => 'value' in control)
  return {
    form,
    check,
    mistake: () => drawn.querySelector('.mistake')?.textContent,
    inputs,
    type(text: string) {
      const [input] = inputs
      if (input) input.value = text
      input?.dispatchEvent(new Event('input', { bubbles: true }))
    },
  }
}

const options = ['A', 'B', 'C']

test.each<[Field, Json]>([
  [{ name: 'a', type: 'text' }, 'Ada'],
  [{ name: 'a', type: 'textarea' }, 'two\nlines'],
  [{ name: 'a', type: 'email' }, 'ada@example.com'],
  [{ name: 'a', type: 'number' }, 0],
  [{ name: 'a', type: 'select', options }, 'B'],
  [{ name: 'a', type: 'radio', options }, 'B'],
  [{ name: 'a', type: 'checkbox' }, true],
  [{ name: 'a', type: 'checkbox', options }, ['A', 'C']],
])('%j shows the answer %j that was given before', (field, answer) => {
  const { form } = draw(field, answer)
  expect(readForm(form)).toEqual({ a: answer })
})

test.each<[Field['type'], number]>([
  ['rating', 4],
  ['nps', 0],
])('%s shows the score that was given before', (type, score) => {
  const { inputs } = draw({ name: 'a', type } as Field, score)
  expect(inputs.filter(({ checked }) => checked).map(({ value }) => value)).toEqual([String(score)])
})

test.each<[Field, string]>([
  [{ name: 'a', type: 'text', required: true }, 'Please answer this.'],
  [{ name: 'a', type: 'select', options, required: true }, 'Please answer this.'],
  [{ name: 'a', type: 'radio', options, required: true }, 'Please answer this.'],
  [{ name: 'a', type: 'checkbox', required: true }, 'Please answer this.'],
  [{ name: 'a', type: 'checkbox', options, required: true }, 'Please answer this.'],
  [{ name: 'a', type: 'nps', required: true }, 'Please answer this.'],
])('%j says that it needs an answer', (field, said) => {
  const { check, mistake, inputs } = draw(field)
  expect(check()).toBe(inputs[0])
  expect(mistake()).toBe(said)
})

test.each<[Field, string, string]>([
  [{ name: 'a', type: 'text', required: true }, '   ', 'Please answer this.'],
  [{ name: 'a', type: 'email' }, 'ada', 'Please enter an email address, such as name@example.com.'],
  [{ name: 'a', type: 'number', min: 1 }, '0', 'Please enter 1 or more.'],
  [{ name: 'a', type: 'number', max: 0 }, '1', 'Please enter 0 or less.'],
])('%j says what is wrong with %j', (field, typed, said) => {
  const { check, mistake, inputs, type } = draw(field)
  type(typed)
  expect(check()).toBe(inputs[0])
  expect(mistake()).toBe(said)
  expect(inputs[0]?.getAttribute('aria-invalid')).toBe('true')
})

test.each<Field>([
  { name: 'a', type: 'text' },
  { name: 'a', type: 'email' },
  { name: 'a', type: 'number', min: 1 },
  { name: 'a', type: 'radio', options },
  { name: 'a', type: 'checkbox', options },
])('%j may stay without an answer', field => {
  expect(draw(field).check()).toBeUndefined()
})

test('a mistake goes away as soon as it is mended', () => {
  const { check, mistake, inputs, type } = draw({ name: 'a', type: 'text', required: true })
  check()
  type('Ada')
  expect(mistake()).toBe('')
  expect(inputs[0]?.getAttribute('aria-invalid')).toBe('false')
})

test('speaks the language of the page', () => {
  document.documentElement.lang = 'de-AT'
  const { check, mistake } = draw({ name: 'a', type: 'text', required: true })
  check()
  expect(mistake()).toBe('Bitte beantworten Sie dies.')
})

test('labels are text', () => {
  const { form } = draw({ name: 'a', type: 'radio', label: '<b>x</b>', options: ['<i>y</i>'] })
  expect(form.querySelector('b, i')).toBeNull()
  expect(form.textContent).toContain('<b>x</b>')
})

test('a list with one option is a list', () => {
  const field: Field = { name: 'agree', type: 'checkbox', options: ['I agree'] }
  expect(answerOf(field, readForm(draw(field, ['I agree']).form).agree ?? null)).toEqual(['I agree'])
  expect(answerOf(field, readForm(draw(field).form).agree ?? null)).toEqual([])
})

test.each(['ada@müller.example', 'jörg@example.com', '用户@例子.广告', ' ada@example.com '])(
  'takes the address %j as it was typed',
  address => {
    const { check, type, form, inputs } = draw({ name: 'a', type: 'email' })
    type(address)
    inputs[0]?.dispatchEvent(new Event('change', { bubbles: true }))
    expect(check()).toBeUndefined()
    expect(readForm(form)).toEqual({ a: address.trim() })
  },
)

test.each(['ada', 'ada@', '@example.com', 'ada @example.com', 'a@b@c'])('takes no address %j', address => {
  const { check, type, inputs } = draw({ name: 'a', type: 'email' })
  type(address)
  expect(check()).toBe(inputs[0])
})
