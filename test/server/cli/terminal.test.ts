import { expect, test } from 'vitest'
import { nodeProblem } from '../../../src/server/cli/node-version.ts'
import { plain, plainLines } from '../../../src/server/cli/terminal.ts'

test.each([
  ['a new line', 'a\n12:00:00 POST /hook ✓ signed'],
  ['a carriage return', 'a\rb'],
  ['an escape', 'a\u001b[31mb'],
  ['a C1 control', 'a\u009b31mb'],
  ['a text turned round', 'a\u202egnp.exe'],
  ['an isolate', 'a\u2066b'],
  ['a line separator', 'a\u2028b'],
  ['nothing to be seen', 'a\u200bb'],
])('what others sent shows no %s', (_, text) => {
  expect(plain(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
  expect(plain(text)).toContain('\ufffd')
})

test('what others sent is otherwise as it was', () => {
  expect(plain('Grüße, 你好 👋 {"a":1}')).toBe('Grüße, 你好 👋 {"a":1}')
  expect(plainLines('{\n  "a": "\u202e"\n}')).toBe('{\n  "a": "\ufffd"\n}')
})

test.each(['18.20.8', '20.20.2', '22.12.0'])('Node %s is told that it is too old, and what is not', version => {
  expect(nodeProblem(version)).toBe(
    `Tourhook needs Node 22.13 or newer, and this is ${version}. Install the current one from https://nodejs.org.`,
  )
})

test.each(['22.13.0', '23.0.0', '24.21.0', '100.0.0'])('Node %s will do', version => {
  expect(nodeProblem(version)).toBeUndefined()
})
