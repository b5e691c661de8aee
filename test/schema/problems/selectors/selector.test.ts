import { expect, it } from 'vitest'
import { selectorProblem } from '../../../../src/schema/problems/selectors/selector.ts'
import { cpuTimeOf } from '../../../support/cpu-time.ts'
import { badSelectors, goodSelectors } from '../../../support/selectors.ts'

it.each(goodSelectors)('%s is a selector', selector => {
  expect(selectorProblem(selector)).toBeUndefined()
})

it.each(badSelectors)('%s is none', selector => {
  expect(selectorProblem(selector)).toMatch(/^is no CSS selector/)
})

it('is judged in time that grows with its length alone', () => {
  const parts = ['a', '[a=', ':not(', '/*', '\\', 'a b,', ':has(>', '"']
  const work = () => {
    for (const part of parts) selectorProblem(part.repeat(2_000 / part.length))
  }
  expect(cpuTimeOf(work)).toBeLessThan(200)
})
