import { errors } from 'undici'

/** Why we would not, or could not, connect, in words. */
export class Unreachable extends Error {
  override name = 'Unreachable'
}

/**
 * Why a request got no answer, as a sentence for whoever configured the endpoint: what happened, then what to do.
 *
 * `docs/troubleshooting.md` has a table of them.
 */
export function failureReason(error: unknown): string {
  if (error instanceof Unreachable) return error.message
  if (error instanceof errors.HTTPParserError) return parserReason(error)
  if (error instanceof errors.SocketError) return socketReason(error)
  const code = codeOf(error)
  const known = reasons[code]
  if (known !== undefined) return known
  // undici asserts what it takes for granted of an answer, such as a status from 100 on.
  if (code === 'ERR_ASSERTION') return /assert\(upgrade\)/.test(String(error)) ? switchedProtocols : notHttp
  if (/^(ERR_SSL|ERR_TLS|EPROTO)/.test(code))
    return `the TLS handshake failed (${code}); check the endpoint's TLS settings`
  return `the request failed (${code || 'no reason given'}); see whether the endpoint can be reached from this server`
}

const notHttp = 'it sent something that is not HTTP; check the port and the path'
const notTrusted =
  "its certificate is signed by nobody this server trusts; use one of a public authority, or name the file of its authority's in NODE_EXTRA_CA_CERTS"
const incomplete =
  'its certificate is signed by nobody this server trusts: the chain is incomplete; have the endpoint send its intermediate certificates, too'
const needsTls = 'it expects TLS; write https:// in the URL'
const onlyHttp2 = 'it speaks HTTP/2 only; have it take HTTP/1.1, too'
const plainHttp = 'it does not speak TLS at this port; check the port, or write http:// for a local endpoint'
const switchedProtocols = 'it switched protocols (101), which nobody asked for; correct the endpoint'
const brokeOff = 'it broke the connection off before it had answered; see its own log'
const timedOut = 'no connection in time; check the address, the port and the firewalls between'
const noRoute = 'there is no route to it from this server; check the address and the network'

const reasons: Record<string, string> = {
  ENOTFOUND: 'its name does not resolve; check the spelling and the DNS record',
  ENODATA: 'its name does not resolve; check the spelling and the DNS record',
  EAI_AGAIN: 'its name does not resolve at the moment; the name server gave no answer',
  ECONNREFUSED: 'it refuses connections; check the port, and that the endpoint runs',
  ECONNRESET: brokeOff,
  EPIPE: brokeOff,
  ECONNABORTED: brokeOff,
  ETIMEDOUT: timedOut,
  UND_ERR_CONNECT_TIMEOUT: timedOut,
  EHOSTUNREACH: noRoute,
  ENETUNREACH: noRoute,
  EHOSTDOWN: noRoute,
  ENETDOWN: noRoute,
  EADDRNOTAVAIL: noRoute,
  EACCES: 'this server may not connect to it; check its firewall and sandbox',
  EPERM: 'this server may not connect to it; check its firewall and sandbox',
  EMFILE: 'this server has too many files open; raise its limit (ulimit -n)',
  ENFILE: 'this server has too many files open; raise its limit (ulimit -n)',

  UND_ERR_HEADERS_OVERFLOW: 'its answer has more than 16 kB of headers; have it send fewer',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH:
    'its answer contradicts itself about its length (Content-Length); correct the endpoint',
  UND_ERR_INVALID_ARG: 'the request can not be sent as it is; check the webhook\'s "headers"',
  UND_ERR_DESTROYED: 'the connection was closed, since this server stops; it is tried again',
  UND_ERR_CLOSED: 'the connection was closed, since this server stops; it is tried again',

  DEPTH_ZERO_SELF_SIGNED_CERT: notTrusted,
  SELF_SIGNED_CERT_IN_CHAIN: notTrusted,
  UNABLE_TO_GET_ISSUER_CERT: notTrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: notTrusted,
  CERT_UNTRUSTED: notTrusted,
  CERT_REJECTED: notTrusted,
  INVALID_CA: notTrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: incomplete,
  CERT_HAS_EXPIRED: 'its certificate has expired; renew it',
  CERT_NOT_YET_VALID: "its certificate is not valid yet; check the certificate, and this server's clock",
  CERT_REVOKED: 'its certificate was revoked; replace it',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'its certificate is for another host; correct the host in the URL, or have the certificate name it',
  HOSTNAME_MISMATCH:
    'its certificate is for another host; correct the host in the URL, or have the certificate name it',
  INVALID_PURPOSE: 'its certificate is not meant for a server; replace it',
  CERT_SIGNATURE_FAILURE: 'its certificate is broken: the signature is wrong; replace it',
  CERT_CHAIN_TOO_LONG: 'its certificate chain is too long; have it send only what is needed',
  EE_KEY_TOO_SMALL: "its certificate's key is too short to be safe; replace it",
  CA_MD_TOO_WEAK: 'its certificate is signed with an algorithm that is no longer safe; replace it',

  ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL: onlyHttp2,
  ERR_SSL_WRONG_VERSION_NUMBER: plainHttp,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: plainHttp,
  ERR_SSL_HTTP_REQUEST: plainHttp,
  ERR_SSL_UNSUPPORTED_PROTOCOL:
    'it speaks only versions of TLS that are no longer safe; have it take TLS 1.2 or newer',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION:
    'it speaks only versions of TLS that are no longer safe; have it take TLS 1.2 or newer',
  ERR_SSL_TLSV1_UNRECOGNIZED_NAME: 'it knows no site of this name; check the host in the URL',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'it asks for a client certificate, which webhooks do not have',
  ERR_SSL_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'it asks for a client certificate, which webhooks do not have',
}

/** The bytes that are no HTTP/1.1 often say what they are instead. */
function parserReason(error: errors.HTTPParserError): string {
  const { code } = error
  const bytes = Buffer.from('data' in error ? String(error.data) : '', 'latin1')
  // A SETTINGS frame (RFC 9113, section 6.5), with which an HTTP/2 server begins.
  if (bytes.length > 3 && bytes[3] === 4 && bytes[0] === 0) return onlyHttp2
  // An alert, or a handshake, of TLS 1.x (RFC 8446, section 5.1).
  if ((bytes[0] === 0x15 || bytes[0] === 0x16) && bytes[1] === 3) return needsTls
  if (code === 'HPE_HEADER_OVERFLOW') return reasons.UND_ERR_HEADERS_OVERFLOW ?? notHttp
  if (code === 'HPE_INVALID_EOF_STATE') return brokeOff
  return notHttp
}

/** Whether a name has no address, or one that is not public: to a stranger the two must look alike. */
export function isAboutAddress(error: unknown): boolean {
  return error instanceof Unreachable || ['ENOTFOUND', 'ENODATA', 'EAI_AGAIN'].includes(codeOf(error))
}

/** undici has one class for a connection that ended, and says the rest in its message. */
function socketReason({ message }: errors.SocketError): string {
  if (message === 'bad upgrade') return switchedProtocols
  if (message === 'bad response') return notHttp
  return brokeOff
}

/** The code of an error, or of the first within it: a name's addresses are tried all, and each has one of its own. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  const [first] = error instanceof AggregateError ? error.errors : []
  return first === undefined ? codeOf(error.cause) : codeOf(first)
}
