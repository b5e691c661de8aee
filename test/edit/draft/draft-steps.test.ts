import { describe, expect, it } from 'vitest'
import {
  answerNames,
  asFieldType,
  asType,
  freeStepId,
  kindOfSource,
  nameOfStep,
  withChoiceAt,
  withEntry,
  withoutStep,
  withStepAt,
  withStepReplaced,
} from '../../../src/edit/draft/draft-steps.ts'
import type { Field } from '../../../src/schema/field.ts'
import type { Step } from '../../../src/schema/steps.ts'

const hello: Step = { id: 'hello', type: 'modal', title: 'Hello' }
const role: Step = { id: 'role', type: 'modal', fields: [{ type: 'text', name: 'role', label: 'Role' }] }
const send: Step = { id: 'send', type: 'trigger', trigger: { type: 'webhook', webhook: 'crm' } }
const tour = { id: 'welcome', name: 'Welcome', steps: [hello, role, send] }

describe('the steps of a draft', () => {
  it('are replaced, put in and taken out without touching the draft itself', () => {
    const before = structuredClone(tour)
    expect(withStepReplaced(tour, 1, hello).steps).toEqual([hello, hello, send])
    expect(withStepAt(tour, 1, send).steps).toEqual([hello, send, role, send])
    expect(withoutStep(tour, 0)).toEqual({ ...tour, steps: [role, send] })
    expect(tour).toEqual(before)
  })

  it('may be missing altogether', () => {
    const empty = { id: 'empty' } as typeof tour
    expect(withStepAt(empty, 1, hello).steps).toEqual([hello])
    expect(answerNames(empty)).toEqual([])
    expect(freeStepId(empty, 'step')).toBe('step')
  })

  it('get ids that no other has', () => {
    expect(freeStepId(tour, 'send')).toBe('send-2')
    expect(freeStepId(withStepAt(tour, 0, { ...send, id: 'send-2' }), 'send')).toBe('send-3')
  })

  it('are called by their heading, their text or their id', () => {
    expect(nameOfStep(hello)).toBe('Hello')
    expect(nameOfStep({ type: 'modal', content: 'x'.repeat(50) })).toBe('x'.repeat(40))
    expect(nameOfStep({ id: 'role', type: 'modal', title: '' })).toBe('role')
    expect(nameOfStep({ type: 'modal' })).toBe('Without words')
    expect(nameOfStep(send)).toBe('Trigger event “send”')
  })
})

describe('a step of another type', () => {
  it('keeps words, questions and place, and drops what only the old type has', () => {
    const pointer = { ...role, type: 'pointer', element: '#save', place: 'top' } as const
    expect(asType(pointer, 'modal')).toEqual(role)
    expect(asType(pointer, 'pointer')).toEqual(pointer)
    expect(asType(hello, 'pointer')).toEqual({ ...hello, type: 'pointer', element: '' })
    expect(asType(hello, 'slideout')).toEqual({ ...hello, type: 'slideout' })
  })
})

describe('a question of another type', () => {
  const radio: Field = { type: 'radio', name: 'size', label: 'Size', options: ['S', 'L'], required: true }

  it('keeps its name and label, and its options where the new type has any', () => {
    expect(asFieldType(radio, 'select')).toEqual({ ...radio, type: 'select' })
    expect(asFieldType(radio, 'text')).toEqual({ type: 'text', name: 'size', label: 'Size', required: true })
  })

  it('gets options to change where it needs some', () => {
    expect(asFieldType({ type: 'text', name: 'ok', label: 'OK?' }, 'radio')).toEqual({
      type: 'radio',
      name: 'ok',
      label: 'OK?',
      options: ['Yes', 'No'],
    })
  })

  it('keeps the options of a box to tick', () => {
    const box: Field = { ...radio, type: 'checkbox' }
    expect(asFieldType(box, 'select')).toEqual({ ...radio, type: 'select' })
    expect(asFieldType(radio, 'checkbox')).toEqual(box)
  })
})

it('an entry without text is taken out', () => {
  expect(withEntry({ a: '1', b: '2' }, 'a', '')).toEqual({ b: '2' })
  expect(withEntry({ a: '1' }, 'a', undefined)).toEqual({})
  expect(withEntry({ a: '1' }, 'b', false)).toEqual({ a: '1', b: false })
})

it.each([
  [{ tag: 'email' }, 'tag'],
  [{ answer: 'role' }, 'answer'],
  [{ element: 'h1' }, 'element'],
  [{ page: 'path' } as const, 'page'],
  [{ tour: 'name' } as const, 'tour'],
  [{ value: 0 }, 'value'],
])('knows where %o comes from', (source, kind) => {
  expect(kindOfSource(source)).toBe(kind)
})

describe('what was chosen of a clash', () => {
  it.each<[string[], unknown, object]>([
    [['name'], 'Crew', { ...tour, name: 'Crew' }],
    [['name'], undefined, { id: 'welcome', steps: tour.steps }],
    [['steps', 'hello', 'title'], 'Hi', withStepReplaced(tour, 0, { ...hello, title: 'Hi' })],
    [['steps', 'hello', 'title'], undefined, withStepReplaced(tour, 0, { id: 'hello', type: 'modal' })],
    [['steps', 'hello'], undefined, withoutStep(tour, 0)],
    [['steps', 'new'], { id: 'new', type: 'modal' }, withStepAt(tour, 3, { id: 'new', type: 'modal' })],
    [
      ['steps', 'role', 'fields', 'role', 'label'],
      'Your role',
      withStepReplaced(tour, 1, { ...role, fields: [{ type: 'text', name: 'role', label: 'Your role' }] }),
    ],
    [['start', 'url'], '/', { ...tour, start: { url: '/' } }],
    [['steps', 'gone', 'title'], 'Hi', tour],
  ])('stands at %j', (path, chosen, expected) => {
    expect(withChoiceAt(tour as never, path, chosen as never)).toEqual(expected)
  })
})
