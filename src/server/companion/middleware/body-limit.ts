import { HttpError } from '../http-error.ts'

/** The largest body that is read, in bytes: what browsers send with `keepalive` is no larger. */
export const maxBodyBytes = 65_536

/**
 * Reads a request's body. It counts what arrives, since `content-length` is only what the sender says.
 *
 * @throws {HttpError} 413 too large, 400 when it breaks off.
 */
export async function readBytes(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of request.body ?? []) {
      length += chunk.byteLength
      if (length > maxBodyBytes) break
      chunks.push(chunk)
    }
  } catch {
    throw new HttpError(400, 'incomplete', 'The body broke off.')
  }
  if (length > maxBodyBytes)
    throw new HttpError(413, 'too_large', `The body is larger than ${maxBodyBytes} bytes.`)
  return Buffer.concat(chunks)
}
