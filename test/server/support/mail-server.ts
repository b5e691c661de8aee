import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

/** One e-mail, as it came. */
export interface Mail {
  from: string
  to: string[]
  raw: string
}

/** A mail server on this machine, and what it took. */
export async function startMailServer({ refuses = '' } = {}) {
  const mails: Mail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo({ address }, _, done) {
      done(address === refuses ? new Error('There is nobody of that name here') : null)
    },
    onData(stream, { envelope }, done) {
      text(stream).then(raw => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
        mails.push({ from, to: envelope.rcptTo.map(({ address }) => address), raw })
        done()
      }, done)
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const address = server.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    close: () => new Promise<void>(resolve => server.close(() => resolve())),
  }
}
