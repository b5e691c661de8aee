import { expect, it } from 'vitest'
import { didYouMean } from '../../../src/schema/problems/did-you-mean.ts'
import { cpuTimeOf } from '../../support/cpu-time.ts'

it.each([
  ['roel', ['role', 'email'], '; did you mean "role"?'],
  ['FirstName', ['firstName'], '; did you mean "firstName"?'],
  ['modl', ['modal', 'pointer'], '; did you mean "modal"?'],
  ['cm', ['crm', 'cms'], '; did you mean "crm"?'],
  ['phone', ['email', 'role'], ''],
  ['a', [], ''],
])('%s among %j', (word, known, hint) => {
  expect(didYouMean(word, known)).toBe(hint)
})

it('looks for a long word among thousands in no time', () => {
  const known = Array.from({ length: 20_000 }, (_, index) => `${index}`.padStart(200, 'x'))
  expect(cpuTimeOf(() => didYouMean('y'.repeat(200), known))).toBeLessThan(500)
})
