import { expect, it, onTestFinished } from 'vitest'
import { createCompanion } from '../../../src/server/companion/companion.ts'
import { createEmitter } from '../../../src/server/emitter/emitter.ts'
import { memoryStore } from '../../../src/server/stores/memory/memory.ts'
import { adminToken, origin } from '../../support/companion.ts'
import { handWoundClock } from '../support/clock.ts'

it('what is published at one companion is what another’s pages get, a second later at most', async () => {
  const store = memoryStore()
  const clock = handWoundClock()
  const companions = [1, 2].map(() => {
    const emitter = createEmitter({ store, clock })
    onTestFinished(() => emitter.close())
    return createCompanion({ emitter, config: {}, adminToken, allowedOrigins: [origin], clock })
  })
  const ask = async (index: number, method: string, path: string, body?: object) => {
    const request = new Request(`http://companion.test/v1/${path}`, {
      method,
      headers: { origin, authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    const response = await companions[index]?.fetch(request)
    return response?.json()
  }
  const banners = async (index: number) => (await ask(index, 'GET', 'config.json')).banners
  expect([await banners(0), await banners(1)]).toEqual([undefined, undefined])

  await ask(0, 'POST', 'admin/documents/banners', { id: 'news', content: 'Hi' })
  await ask(0, 'POST', 'admin/versions', {})
  expect(await banners(0)).toEqual([{ id: 'news', content: 'Hi' }])
  clock.wind(1_000)
  expect(await banners(1)).toEqual([{ id: 'news', content: 'Hi' }])

  await ask(1, 'DELETE', 'admin/documents/banners/news')
  await ask(1, 'POST', 'admin/versions', {})
  expect(await banners(1)).toBeUndefined()
  clock.wind(1_000)
  expect(await banners(0)).toBeUndefined()
  // A version brought back is what was published, byte for byte, on each of them.
  await ask(0, 'POST', 'admin/versions/1/publish')
  const [first, third] = [await ask(1, 'GET', 'admin/versions/1'), await ask(1, 'GET', 'admin/versions/3')]
  expect(JSON.stringify(third.config)).toBe(JSON.stringify(first.config))
})
