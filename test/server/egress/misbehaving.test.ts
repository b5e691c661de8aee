import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttp2Server, createSecureServer } from 'node:http2'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../../src/server/clock.ts'
import { createEgress } from '../../../src/server/egress/egress.ts'
import { certificates } from '../support/certificates.ts'

const { key, authority } = certificates
const notHttp = 'it sent something that is not HTTP'
const notTrusted = 'its certificate is signed by nobody this server trusts'
const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'
const open = new Set<Server>()

beforeAll(() => setDefaultCACertificates([...getCACertificates(), authority]))
afterEach(() => {
  for (const server of open) server.close()
  open.clear()
})

/** The address of a server, which stays open until the test ends. */
async function listen(server: Server, scheme = 'http'): Promise<string> {
  open.add(server)
  server.on('connection', socket => socket.on('error', () => {}))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A server that answers the first bytes of each connection as it is told to. */
function answering(answer: string | Buffer | ((socket: Socket) => void)): Server {
  return createServer(socket => {
    socket.once('data', () => (typeof answer === 'function' ? answer(socket) : socket.end(answer)))
  })
}

async function send(origin: string, timeoutMs = 2000) {
  const egress = createEgress({ clock: systemClock, timeoutMs, allowNetworks: ['127.0.0.0/8'] })
  try {
    return await egress.send({
      url: `${origin}/secret-path?key=secret`,
      method: 'POST',
      headers: {},
      body: '{}',
    })
  } finally {
    await egress.close()
  }
}

const failureOf = (origin: string) =>
  send(origin).then(
    () => 'no failure',
    (error: Error) => error.message,
  )

describe('an endpoint that speaks no proper HTTP is told apart in words', () => {
  it.each<[string, string | Buffer, string]>([
    ['garbage', 'hello world\r\n\r\n', notHttp],
    ['a page without headers', '<html>', notHttp],
    ['another protocol', '220 mail.example ESMTP\r\n', notHttp],
    ['a status of 000', 'HTTP/1.1 000 X\r\ncontent-length: 0\r\n\r\n', notHttp],
    ['a status of two digits', 'HTTP/1.1 99 X\r\ncontent-length: 0\r\n\r\n', notHttp],
    ['a broken header', 'HTTP/1.1 200 OK\r\nx y\r\n\r\n', notHttp],
    ['HTTP/2 alone', Buffer.from('000012040000000000000300000064', 'hex'), 'it speaks HTTP/2 only'],
    ['TLS', Buffer.from('15030100020246', 'hex'), 'it expects TLS; write https://'],
    [
      'a 101',
      'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
      '(101), which nobody',
    ],
    [
      'a 101 to nothing',
      'HTTP/1.1 101 Switching Protocols\r\n\r\n',
      'it switched protocols (101), which nobody',
    ],
    ['20 kB of headers', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, 'more than 16 kB of headers'],
    ['headers without end', `HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(20_000)}`, 'more than 16 kB of headers'],
    [
      'two lengths',
      'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\nok',
      'contradicts itself',
    ],
    [
      'a length and chunks, as smugglers do',
      'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n',
      'contradicts itself',
    ],
    ['nothing', '', 'it broke the connection off'],
    ['half an answer', 'HTTP/1.1 200 OK\r\ncontent-', 'it broke the connection off'],
  ])('%s', async (_, answer, words) => {
    const origin = await listen(answering(answer))
    const failure = await failureOf(origin)
    expect(failure).toContain(`${origin}: `)
    expect(failure).toContain(words)
    expect(failure).not.toMatch(/secret|ERR_|HPE_|undefined|assert/)
  })

  it('HTTP/2 by a real server', async () => {
    expect(await failureOf(await listen(createHttp2Server()))).toContain('it speaks HTTP/2 only')
    const secure = createSecureServer({ key, cert: certificates.valid, allowHTTP1: false })
    expect(await failureOf(await listen(secure as unknown as Server, 'https'))).toContain(
      'it speaks HTTP/2 only',
    )
  })

  it('a reset in the middle of the request', async () => {
    const origin = await listen(answering(socket => void socket.resetAndDestroy()))
    expect(await failureOf(origin)).toContain('it broke the connection off')
  })

  it('and the next request to it goes well', async () => {
    const answers = ['HTTP/1.1 000 X\r\n\r\n', 'HTTP/1.1 101 X\r\n\r\n', 'garbage']
    const origin = await listen(answering(socket => socket.end(answers.shift() ?? ok)))
    const egress = createEgress({ clock: systemClock, timeoutMs: 2000, allowNetworks: ['127.0.0.0/8'] })
    const ask = () => egress.send({ url: origin, method: 'POST', headers: {}, body: '{}' })
    for (let bad = 0; bad < 3; bad++) await expect(ask()).rejects.toThrow(origin)
    expect(await ask()).toMatchObject({ status: 200, text: 'ok' })
    await egress.close()
  })
})

describe('an interim answer that nobody asked for is passed over', () => {
  const interim = 'HTTP/1.1 100 Continue\r\n\r\n'

  it.each([
    ['100 in one piece with the answer', [interim + ok]],
    ['100 in a piece of its own', [interim, ok]],
    ['100 in two pieces', ['HTTP/1.1 100 Continue\r\nx-y: z\r', `\n\r\n${ok}`]],
    ['100 many times over', [interim.repeat(3), interim, ok]],
    ['102', [`HTTP/1.1 102 Processing\r\n\r\n${ok}`]],
    ['103', [`HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n${ok}`]],
    ['199', [`HTTP/1.1 199 Whatever\r\n\r\n${ok}`]],
  ])('%s', async (_, pieces) => {
    let arrived = 0
    const server = createServer({ noDelay: true }, socket => {
      socket.on('data', async () => {
        arrived += 1
        for (const piece of pieces) {
          await new Promise<void>(resolve => socket.write(piece, () => resolve()))
          // The client, in this same process, reads it before the next is written.
          for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate)
        }
      })
    })
    const origin = await listen(server)
    expect(await send(origin)).toMatchObject({ status: 200, text: 'ok' })
    expect(arrived).toBe(1)
  })

  it('100 by a real server, on a connection that serves many', async () => {
    const server = createHttpServer((request, response) => {
      response.writeContinue()
      request.resume().on('end', () => response.end('HTTP/1.1 100 is no header here'))
    })
    const origin = await listen(server)
    let connections = 0
    server.on('connection', () => {
      connections += 1
    })
    const egress = createEgress({ clock: systemClock, timeoutMs: 2000, allowNetworks: ['127.0.0.0/8'] })
    for (let request = 0; request < 3; request++) {
      const answer = await egress.send({ url: origin, method: 'POST', headers: {}, body: '{}' })
      expect(answer).toMatchObject({ status: 200, text: 'HTTP/1.1 100 is no header here' })
    }
    await egress.close()
    // undici may open a second one while it clears the first.
    expect(connections).toBeLessThan(3)
  })
})

describe('a certificate that is not right is told in words', () => {
  it.each([
    ['selfSigned', notTrusted],
    ['expired', 'its certificate has expired'],
    ['notYetValid', 'its certificate is not valid yet'],
    ['otherHost', 'its certificate is for another host'],
  ] as const)('%s', async (name, words) => {
    const server = createTlsServer({ key, cert: certificates[name] }, socket => socket.on('error', () => {}))
    const failure = await failureOf(await listen(server, 'https'))
    expect(failure).toContain(words)
    expect(failure).toContain('; ')
    expect(failure).not.toMatch(/secret|CERT_|ERR_/)
  })

  it('but a right one passes', async () => {
    const server = createTlsServer({ key, cert: certificates.valid }, socket => {
      socket.on('error', () => {}).once('data', () => socket.end(ok))
    })
    expect(await send(await listen(server, 'https'))).toMatchObject({ status: 200 })
  })

  it('and so is a port without TLS', async () => {
    const failure = await failureOf(await listen(answering('HTTP/1.1 400 Bad Request\r\n\r\n'), 'https'))
    expect(failure).toContain('it does not speak TLS at this port')
  })
})

describe('an endpoint that takes its time', () => {
  it('is given up at the deadline when it sends its headers byte by byte', async () => {
    const origin = await listen(
      answering(socket => {
        const drip = setInterval(() => socket.write('x'), 20)
        socket.write('HTTP/1.1 200 OK\r\nx-drip: ')
        socket.on('close', () => clearInterval(drip))
      }),
    )
    await expect(send(origin, 300)).rejects.toThrow('no answer within 300 ms')
  })

  it('counts by its status when its body never ends', async () => {
    const origin = await listen(
      answering(socket => {
        const drip = setInterval(() => socket.write('1\r\nx\r\n'), 20)
        socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n')
        socket.on('close', () => clearInterval(drip))
      }),
    )
    expect(await send(origin, 300)).toMatchObject({ status: 200 })
  })

  it('is read no further than 2 kB when it sends without end', async () => {
    let sent = 0
    const origin = await listen(
      answering(socket => {
        socket.write('HTTP/1.1 500 Oh\r\n\r\n')
        const flood = () => {
          while (!socket.destroyed && socket.write('x'.repeat(1000))) sent += 1000
        }
        socket.on('drain', flood)
        flood()
      }),
    )
    const { status, text } = await send(origin)
    expect([status, text.length]).toEqual([500, 2048])
    expect(sent).toBeLessThan(20_000_000)
  })
})
