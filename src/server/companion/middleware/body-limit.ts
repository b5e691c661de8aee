import { HttpError } from '../http-error.ts'

/** The largest body that is read, in bytes: what browsers send with `keepalive` is no larger. */
export const maxBodyBytes = 65_536

const bodies = new WeakMap<Request, Promise<Uint8Array>>()

/**
 * Reads a request's body, once for all who ask: the first says how large it may be. It counts what arrives, since
 * `content-length` is only what the sender says.
 *
 * @param most In bytes.
 * @throws {HttpError} 413 too large, 400 when it breaks off.
 */
export function readBytes(request: Request, most = maxBodyBytes): Promise<Uint8Array> {
  const known = bodies.get(request)
  if (known) return known
  const body = readAll(request, most)
  bodies.set(request, body)
  return body
}

async function readAll(request: Request, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of request.body ?? []) {
      length += chunk.byteLength
      if (length > most) break
      chunks.push(chunk)
    }
  } catch {
    throw new HttpError(400, 'incomplete', 'The body broke off.')
  }
  if (length > most) throw new HttpError(413, 'too_large', `The body is larger than ${most} bytes.`)
  return Buffer.concat(chunks)
}
