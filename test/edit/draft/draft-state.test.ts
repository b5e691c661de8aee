import { expect, it } from 'vitest'
import type { SaveResult } from '../../../src/edit/draft/draft-client.ts'
import { createDraftState } from '../../../src/edit/draft/draft-state.ts'
import type { Tour } from '../../../src/schema/tour.ts'

const titled = (title: string, text = 'Text'): Tour => ({
  id: 'welcome',
  steps: [{ id: 'hello', type: 'modal', title, content: text }],
})
const shown = { id: 'welcome', rev: 1, draft: titled('Hello') }

/** A companion that answers what it is told, and remembers what it was sent. */
function scripted(...answers: (SaveResult | Error)[]) {
  const sent: { rev: number; draft: Tour }[] = []
  return {
    sent,
    async save(rev: number, draft: Tour) {
      sent.push({ rev, draft })
      const answer = answers.shift() ?? { kind: 'saved' as const, rev: rev + 1, draft }
      if (answer instanceof Error) throw answer
      return answer
    },
  }
}

it('is changed until it is saved, and goes on from what was saved', async () => {
  const companion = scripted()
  const state = createDraftState(companion, shown, undefined)
  expect([state.isChanged(), state.unsaved()]).toEqual([false, undefined])
  state.change(titled('Hi'))
  expect(state.unsaved()).toEqual({ rev: 1, tour: titled('Hi') })
  await state.save()
  expect(state.isChanged()).toBe(false)
  state.change(titled('Hi there'))
  await state.save()
  expect(companion.sent.map(({ rev }) => rev)).toEqual([1, 2])
})

it('takes over what others have changed elsewhere', async () => {
  const companion = scripted({ kind: 'saved', rev: 5, draft: titled('Hi', 'Theirs') })
  const state = createDraftState(companion, shown, undefined)
  state.change(titled('Hi'))
  await state.save()
  expect([state.tour(), state.isChanged()]).toEqual([titled('Hi', 'Theirs'), false])
})

it('keeps what is written while it is being saved', async () => {
  const companion = scripted()
  const state = createDraftState(companion, shown, undefined)
  state.change(titled('Hi'))
  const saving = state.save()
  state.change(titled('Hi there'))
  await saving
  expect(state.tour()).toEqual(titled('Hi there'))
  expect(state.isChanged()).toBe(true)
})

it('does not undo what others have saved, by what is written while it is being saved', async () => {
  const theirs = titled('Hi', 'Theirs')
  const companion = scripted({ kind: 'saved', rev: 5, draft: theirs })
  const state = createDraftState(companion, shown, undefined)
  state.change(titled('Hi'))
  const saving = state.save()
  state.change(titled('Hi there'))
  await saving
  await state.save()
  expect(companion.sent[1]).toEqual({ rev: 5, draft: titled('Hi there', 'Theirs') })
})

it('goes on with what the page before has not saved, on the revision that it was made on', async () => {
  const companion = scripted()
  const state = createDraftState(companion, { ...shown, rev: 4 }, { rev: 1, tour: titled('Hi') })
  expect([state.tour(), state.isChanged()]).toEqual([titled('Hi'), true])
  await state.save()
  expect(companion.sent[0]).toEqual({ rev: 1, draft: titled('Hi') })
})

it('does not take another tour’s for its own', () => {
  const unsaved = { rev: 1, tour: { ...titled('Hi'), id: 'other' } }
  expect(createDraftState(scripted(), shown, unsaved).isChanged()).toBe(false)
})

it('keeps all of it when the companion refuses it or can’t be reached', async () => {
  const refused: SaveResult = { kind: 'refused', message: 'no', problems: [] }
  const state = createDraftState(scripted(refused, new Error('off')), shown, undefined)
  state.change(titled('Hi'))
  expect(await state.save()).toBe(refused)
  await expect(state.save()).rejects.toThrow('off')
  expect(state.unsaved()).toEqual({ rev: 1, tour: titled('Hi') })
})

it('after a clash, saves what was chosen of it on what stands there now', async () => {
  const clash = {
    kind: 'clash',
    message: 'Ben has changed the same.',
    rev: 7,
    merged: titled('Theirs', 'Merged'),
    clashes: [{ path: ['steps', 'hello', 'title'], theirs: 'Theirs', yours: 'Hi' }],
  } as const satisfies SaveResult
  const companion = scripted(clash, clash)
  const state = createDraftState(companion, shown, undefined)
  state.change(titled('Hi'))
  expect(await state.save()).toBe(clash)
  expect(state.tour()).toEqual(titled('Hi'))
  await state.choose({ ...clash }, [])
  expect(companion.sent[1]).toEqual({ rev: 7, draft: titled('Theirs', 'Merged') })
  await state.choose({ ...clash }, clash.clashes)
  expect(companion.sent[2]).toEqual({ rev: 7, draft: titled('Hi', 'Merged') })
})
