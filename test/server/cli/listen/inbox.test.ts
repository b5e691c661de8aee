import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { createInbox, type Received } from '../../../../src/server/cli/listen/inbox.ts'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

function open(status = 200) {
  const received: Received[] = []
  const inbox = createInbox({ secret, status, onReceived: one => received.push(one) })
  return { received, fetch: inbox.fetch }
}

test('a body beyond 1 MB is not read to its end, and is told so', async () => {
  const { received, fetch } = open()
  let pulled = 0
  const body = new ReadableStream({
    pull(controller) {
      pulled += 1
      controller.enqueue(new Uint8Array(65_536))
    },
  })
  const request = new Request('http://inbox.test/hook', { method: 'POST', body, duplex: 'half' } as RequestInit)
  expect((await fetch(request)).status).toBe(413)
  expect(pulled).toBeLessThan(25)
  expect(received).toMatchObject([{ method: 'POST', path: '/hook', repeat: false }])
  expect(received[0]).not.toHaveProperty('body')

  const large = new Request('http://inbox.test/', {
    method: 'POST',
    body: JSON.stringify('x'.repeat(1_000_000)),
  })
  expect((await fetch(large)).status).toBe(200)
  expect(received[1]?.body).toHaveLength(1_000_000)
})

test('the signature of a GET covers its query', async () => {
  const { received, fetch } = open()
  const at = new Date()
  const query = 'plan=pro&name=a%20b'
  const headers = {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign('msg_1', at, query),
  }
  await fetch(new Request(`http://inbox.test/hook?${query}`, { headers }))
  await fetch(new Request(`http://inbox.test/hook?${query}&plan=free`, { headers }))
  expect(received.map(({ signature, repeat }) => ({ signature, repeat }))).toEqual([
    { signature: 'valid', repeat: false },
    { signature: 'wrong', repeat: true },
  ])
})
