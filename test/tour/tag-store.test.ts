import { describe, expect, it, vi } from 'vitest'
import { createTagStore, type TagSource } from '../../src/tour/tag-store.ts'

function tagsFrom(source?: TagSource) {
  const mistakes: string[] = []
  const onChange = vi.fn()
  const onError = (mistake: unknown) => mistakes.push((mistake as Error).message)
  const tags = createTagStore(source, { onError, onChange })
  return { tags, mistakes, onChange }
}

describe('tags', () => {
  it('stay the texts, numbers and booleans that they are', () => {
    const given = { plan: 'pro', seats: 3, score: 0, trial: false, empty: '' }
    const { tags, mistakes } = tagsFrom(given)
    expect(tags.get()).toEqual(given)
    expect(tags.get('score')).toBe(0)
    expect(mistakes).toEqual([])
  })

  it('are missing where they are null or undefined, without a word', () => {
    const { tags, mistakes } = tagsFrom({ plan: null, seats: undefined })
    expect(tags.get()).toEqual({})
    expect(mistakes).toEqual([])
  })

  it('are missing where an EXAMPLE_ value was left in, which is told once', () => {
    const { tags, mistakes } = tagsFrom({ userId: 'EXAMPLE_USER_ID', plan: 'pro' })
    expect(tags.get()).toEqual({ plan: 'pro' })
    expect(tags.get('userId')).toBeUndefined()
    expect(mistakes).toEqual(['tag "userId" can\'t be EXAMPLE_USER_ID'])
  })

  it.each([
    [{}, 'an object'],
    [[1], 'an object'],
    [() => 1, 'an object'],
    [Object.create(null), 'an object'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [Symbol('s'), 'Symbol(s)'],
    [1n, '1'],
  ])('are missing where they are no tags: %o', (value, shown) => {
    const { tags, mistakes } = tagsFrom({ plan: value })
    expect(tags.get()).toEqual({})
    tags.get()
    expect(mistakes).toEqual([`tag "plan" can't be ${shown}`])
  })

  it('may come late: a function is asked at each use', () => {
    let page: Record<string, unknown> | undefined
    const { tags } = tagsFrom(() => page)
    expect(tags.get()).toEqual({})
    page = { plan: 'pro' }
    expect(tags.get('plan')).toBe('pro')
  })

  it('may be added to the page’s own object late', () => {
    const page: Record<string, unknown> = {}
    const { tags } = tagsFrom(page)
    page.plan = 'pro'
    expect(tags.get('plan')).toBe('pro')
  })

  it('are none, with a word, when the page’s function or getter throws; those that were set stay', () => {
    for (const source of [
      () => {
        throw new Error('not ready')
      },
      {
        get plan() {
          throw new Error('not ready')
        },
      },
    ]) {
      const { tags, mistakes } = tagsFrom(source)
      tags.set({ seats: 3 })
      expect(tags.get()).toEqual({ seats: 3 })
      expect(mistakes).toEqual(['not ready'])
    }
  })

  it('that were set go before the page’s own', () => {
    const { tags } = tagsFrom({ plan: 'free', seats: 3 })
    tags.set({ plan: 'pro' })
    expect(tags.get()).toEqual({ plan: 'pro', seats: 3 })
    tags.remove('plan')
    expect(tags.get()).toEqual({ seats: 3 })
  })

  it('are all gone after clear, the page’s present ones too; new ones count', () => {
    const page: Record<string, unknown> = { userId: 'user_1', plan: 'pro' }
    const { tags } = tagsFrom(page)
    tags.set({ seats: 3 }, { managed: true })
    tags.clear()
    expect(tags.get()).toEqual({})
    expect(tags.managed()).toEqual({})
    tags.set({ userId: 'user_2' })
    page.theme = 'dark'
    expect(tags.get()).toEqual({ userId: 'user_2', theme: 'dark' })
  })

  it('count again after clear when the page gives the next user’s', () => {
    const page: Record<string, unknown> = { userId: 'user_1' }
    const { tags } = tagsFrom(() => page)
    tags.clear()
    expect(tags.get()).toEqual({})
    page.userId = 'user_2'
    expect(tags.get()).toEqual({ userId: 'user_2' })
  })

  it('count again after clear when the same user is back', () => {
    let page: Record<string, unknown> = { userId: 'user_1' }
    const { tags } = tagsFrom(() => page)
    tags.clear()
    page = {}
    expect(tags.get()).toEqual({})
    page = { userId: 'user_1' }
    expect(tags.get()).toEqual({ userId: 'user_1' })
  })

  it('know which of them a tour has set', () => {
    const { tags } = tagsFrom({ plan: 'free' })
    tags.set({ onboarded: true, plan: 'pro' }, { managed: true })
    expect(tags.managed()).toEqual({ onboarded: true, plan: 'pro' })
    tags.set({ plan: 'team' })
    expect(tags.managed()).toEqual({ onboarded: true })
  })

  it('tell of each change', () => {
    const { tags, onChange } = tagsFrom()
    tags.set({ plan: 'pro' })
    tags.remove('plan')
    tags.clear()
    expect(onChange).toHaveBeenCalledTimes(3)
  })

  it('may be called __proto__, which changes no prototype', () => {
    const { tags } = tagsFrom(JSON.parse('{ "__proto__": "a" }') as Record<string, unknown>)
    tags.set(JSON.parse('{ "__proto__": "b" }') as Record<string, unknown>)
    expect(Object.entries(tags.get())).toEqual([['__proto__', 'b']])
    expect(Object.getPrototypeOf(tags.get())).toBe(Object.prototype)
    expect(({} as { b?: unknown }).b).toBeUndefined()
  })

  it('may be ten thousand', () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`tag${index}`, index]))
    const { tags } = tagsFrom(many)
    expect(Object.keys(tags.get())).toHaveLength(10_000)
    expect(tags.get('tag9999')).toBe(9_999)
  })
})
