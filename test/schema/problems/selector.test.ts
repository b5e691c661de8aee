import { expect, it } from 'vitest'
import { selectorProblem } from '../../../src/schema/problems/selector.ts'
import { badSelectors, goodSelectors } from '../../support/selectors.ts'

it.each(goodSelectors)('%s is a selector', selector => {
  expect(selectorProblem(selector)).toBeUndefined()
})

it.each(badSelectors)('%s is none', selector => {
  expect(selectorProblem(selector)).toMatch(/^is no CSS selector/)
})

it('is judged in time that grows with its length alone', () => {
  const started = performance.now()
  for (const part of ['a', '[a=', ':not(', '/*', '\\', 'a b,', ':has(>', '"'])
    selectorProblem(part.repeat(2_000 / part.length))
  expect(performance.now() - started).toBeLessThan(200)
})
