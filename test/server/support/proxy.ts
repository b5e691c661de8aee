import { connect, createServer, type Socket } from 'node:net'

/** A TCP proxy whose connections can be cut as networks cut them. */
export interface TcpProxy {
  port: number
  /** The connections that are open now hang: nothing passes, and nobody is told. New ones pass. */
  hang(): void
  /** From now on, answers are lost; what is asked still arrives. */
  loseAnswers(): void
  /** New connections pass again. */
  restore(): void
  /** What clients have sent so far. */
  asked(): string
  close(): void
}

export interface TcpProxyOptions {
  /** Whether it tells its clients a process number that is not the server's, as poolers of PostgreSQL do. @default false */
  isPooler?: boolean | undefined
}

/** Starts a proxy to a port of this machine. */
export async function startProxy(
  target: number,
  { isPooler = false }: TcpProxyOptions = {},
): Promise<TcpProxy> {
  const pairs = new Set<{ client: Socket; server: Socket; isHanging: boolean }>()
  let losesAnswers = false
  let asked = ''

  const listener = createServer(client => {
    const server = connect(target, '127.0.0.1')
    const pair = { client, server, isHanging: false }
    pairs.add(pair)
    client.on('data', data => {
      asked += data.toString('latin1')
      if (!pair.isHanging) server.write(data)
    })
    server.on('data', data => {
      if (!pair.isHanging && !losesAnswers) client.write(isPooler ? withOtherPid(data) : data)
    })
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.on('error', () => {})
      one.on('close', () => pair.isHanging || other.destroy())
    }
  })
  listener.listen(0, '127.0.0.1')
  await new Promise(resolve => listener.once('listening', resolve))
  const address = listener.address()
  if (address === null || typeof address === 'string') throw new Error('no port')

  return {
    port: address.port,
    hang() {
      for (const pair of pairs) pair.isHanging = true
    },
    loseAnswers() {
      losesAnswers = true
    },
    restore() {
      losesAnswers = false
    },
    asked: () => asked,
    close() {
      listener.close()
      for (const { client, server } of pairs) {
        client.destroy()
        server.destroy()
      }
    },
  }
}

/** https://www.postgresql.org/docs/current/protocol-message-formats.html: BackendKeyData */
const keyData = Buffer.from([0x4b, 0, 0, 0, 12])

function withOtherPid(data: Buffer): Buffer {
  const at = data.indexOf(keyData)
  if (at >= 0) data.writeInt32BE(data.readInt32BE(at + keyData.length) + 1, at + keyData.length)
  return data
}
