import { describe, expect, it, onTestFinished } from 'vitest'
import { ownerToken } from '../../../../src/server/cli/serve/owner-token.ts'
import { createEmitter } from '../../../../src/server/emitter/emitter.ts'
import { memoryStore } from '../../../../src/server/stores/memory/memory.ts'

function emitterOn(store = memoryStore()) {
  const emitter = createEmitter({ store })
  onTestFinished(() => emitter.close())
  return emitter
}

describe('the owner’s token', () => {
  it('is made at the first start in a terminal, to be printed this once, and holds from then on', async () => {
    const emitter = emitterOn()
    const made = await ownerToken(emitter, { isTerminal: true })
    expect(made.isNew).toBe(true)
    expect(made.token).toMatch(/^[\w-]{32,}$/)
    expect(await ownerToken(emitter, { isTerminal: true })).toEqual({ token: made.token, isNew: false })
    expect(await ownerToken(emitter, { isTerminal: false })).toEqual({ token: made.token, isNew: false })
  })

  it('is not made where it would be written into a log', async () => {
    const emitter = emitterOn()
    expect(await ownerToken(emitter, { isTerminal: false })).toEqual({ token: undefined, isNew: false })
    expect((await ownerToken(emitter, { isTerminal: true })).isNew).toBe(true)
  })

  it('is one for companions that start at once on one store', async () => {
    const emitter = emitterOn()
    const made = await Promise.all([1, 2, 3].map(() => ownerToken(emitter, { isTerminal: true })))
    const tokens = await Promise.all([1, 2].map(() => ownerToken(emitter, { isTerminal: true })))
    expect(made.filter(({ isNew }) => isNew)).toHaveLength(1)
    expect(new Set(tokens.map(({ token }) => token))).toEqual(
      new Set(made.filter(({ isNew }) => isNew).map(({ token }) => token)),
    )
  })
})
