import type { Socket } from 'node:net'

const longest = 16 * 1024

/**
 * Takes `100 Continue` out of what is read from a socket.
 *
 * A client must bear one that it has not asked for (RFC 9110, section 15.2). undici closes the connection instead,
 * after the endpoint has taken the request, so that each attempt would arrive and count as failed:
 * https://github.com/nodejs/undici/blob/v7.30.2/lib/dispatcher/client-h1.js#L602
 */
export function passOverContinue(socket: Socket): Socket {
  const read = socket.read.bind(socket)
  let held: Buffer | undefined

  socket.read = (size?: number) => {
    const chunk: Buffer | null = read(size)
    if (chunk === null || (held === undefined && !isContinue(chunk))) return chunk
    let rest = held ? Buffer.concat([held, chunk]) : chunk
    held = undefined
    while (isContinue(rest)) {
      const end = rest.indexOf('\r\n\r\n')
      if (end === -1) {
        if (rest.length > longest) break
        held = rest
        return null
      }
      rest = rest.subarray(end + 4)
    }
    return rest.length > 0 ? rest : socket.read()
  }
  return socket
}

function isContinue(bytes: Buffer): boolean {
  // 'H', so that nearly every chunk costs one comparison.
  return bytes[0] === 0x48 && /^HTTP\/1\.[01] 100\b/.test(bytes.toString('latin1', 0, 13))
}
