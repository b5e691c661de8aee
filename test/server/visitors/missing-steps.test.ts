import { expect, it } from 'vitest'
import { missingSteps, withMissed } from '../../../src/server/visitors/missing-steps.ts'
import type { Json } from '../../../src/values/json.ts'

const day = 86_400_000
const now = 20_000 * day + 9 * 3_600_000
const missed = (step: string, path: string, at = now) => ({ step, path, at })

it('counts by step over its paths, and says where it was last', () => {
  let kept: Json | undefined = withMissed(undefined, [missed('a', '/one', now - 2 * day)], now)
  kept = withMissed(kept, [missed('a', '/two'), missed('a', '/one', now - day), missed('b', '/one')], now)
  expect([...missingSteps(kept, now)]).toEqual([
    ['a', { count: 3, last: now, path: '/two' }],
    ['b', { count: 1, last: now, path: '/one' }],
  ])
})

it('forgets what is older than seven days, each by its own day', () => {
  const kept = withMissed(undefined, [missed('a', '/one', now - 6 * day), missed('a', '/one')], now)
  expect(missingSteps(kept, now).get('a')?.count).toBe(2)
  expect(missingSteps(kept, now + day).get('a')?.count).toBe(1)
  expect([...missingSteps(kept, now + 7 * day)]).toEqual([])
  expect(withMissed(kept, [missed('b', '/one', now + 7 * day)], now + 7 * day)).toHaveLength(1)
})

it('keeps the newest ten paths of a step, and does not grow beyond a hundred steps', () => {
  const paths = Array.from({ length: 50 }, (_, index) => missed('a', `/${index}`, now + index))
  const kept = withMissed(undefined, paths, now)
  expect(kept).toHaveLength(10)
  expect(missingSteps(kept, now).get('a')).toEqual({ count: 10, last: now + 49, path: '/49' })
  const steps = Array.from({ length: 500 }, (_, index) => missed(`step ${index}`, '/', now))
  const many = withMissed(kept, steps, now)
  expect(missingSteps(many, now).size).toBe(100)
  expect(JSON.stringify(many).length).toBeLessThan(20_000)
})

it.each([[null], ['text'], [{}], [[{ step: 1 }]]])('takes %j for nothing', kept => {
  expect([...missingSteps(kept as Json, now)]).toEqual([])
  expect(withMissed(kept as Json, [missed('a', '/')], now)).toHaveLength(1)
})
