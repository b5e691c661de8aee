import { afterEach, beforeEach, expect, it } from 'vitest'
import { createReceiver, type Receiver } from './receiver.ts'

let receiver: Receiver

beforeEach(async () => {
  receiver = await createReceiver()
})
afterEach(() => receiver.close())

const post = (path: string, body = '{"role":"Developer"}') =>
  fetch(receiver.url(path), { method: 'POST', body }).then(
    ({ status }) => status,
    () => 'no answer',
  )

it('records what arrives', async () => {
  await post('/hook?source=tour')

  expect(receiver.requests).toMatchObject([
    { method: 'POST', path: '/hook', query: { source: 'tour' }, json: { role: 'Developer' } },
  ])
})

it('gives the queued answers in turn, then the standing one, each path its own', async () => {
  receiver.script({ answer: { status: 204 } })
  receiver.script({ path: '/hook', answers: [{ status: 503 }, 'drop'], answer: { status: 201 } })

  expect(await post('/hook')).toBe(503)
  expect(await post('/other')).toBe(204)
  expect(await post('/hook')).toBe('no answer')
  expect(await post('/hook')).toBe(201)
})

it('refuses connections while it is down, and listens on the same port again', async () => {
  await receiver.down()
  expect(await post('/hook')).toBe('no answer')

  await receiver.up()
  expect(await post('/hook')).toBe(200)
  expect(receiver.requests).toHaveLength(1)
})

it('closes although a request hangs', async () => {
  receiver.script({ answer: 'hang' })
  const answer = post('/hook')
  await receiver.arrived(1)

  await receiver.close()

  expect(await answer).toBe('no answer')
})

it('tells what did arrive when waiting was in vain', async () => {
  await post('/other', 'hello')

  const waiting = receiver.arrived(1, { path: '/hook', timeoutMs: 10 })

  await expect(waiting).rejects.toThrow('0 of 1 requests to /hook after 10 ms. Arrived:\n  POST /other hello')
})
