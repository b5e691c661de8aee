import { expect, it } from 'vitest'
import { inFlags } from '../../../../src/server/cli/serve/serve-options.ts'
import { createOriginCheck } from '../../../../src/server/companion/middleware/allowed-origins.ts'
import { createEmitter } from '../../../../src/server/emitter/emitter.ts'

/** What the command line says of what this throws. */
function saidOf(act: () => unknown): unknown {
  try {
    return act()
  } catch (error) {
    return inFlags(error)
  }
}

it('names a refused option as it was typed, and what was meant', () => {
  expect(saidOf(() => createOriginCheck(['https://www.example.com/']))).toMatchObject({
    message:
      '--allow-origin (TOURHOOK_ORIGINS): expected an origin such as "https://www.example.com", got "https://www.example.com/"; write "https://www.example.com"',
  })
  expect(saidOf(() => createEmitter({ webhooks: [], allowNetworks: ['10/8'] }))).toMatchObject({
    message: '--allow-network: expected a network such as "10.0.0.0/8", got "10/8"',
  })
})

it('leaves every other error as it is', () => {
  const errors = [new Error('adminToken: is taken'), new TypeError('no: option'), 'a text']
  expect(errors.map(inFlags)).toEqual(errors)
})
