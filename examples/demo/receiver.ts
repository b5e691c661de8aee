import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { answers, corsHeaders, parseSettings, preflightAnswer, type Settings } from './answers.ts'
import { type Arrival, arrivalOf, parseBody } from './arrival.ts'
import { readServedFile } from './files.ts'
import { listen, stop } from './listen.ts'
import { createStream } from './stream.ts'

/** The panel shows no more. */
const capacity = 100

export interface ReceiverOptions {
  port: number
  /** Signs what comes from the companion. */
  secret: string
  onSettings?(settings: Settings): void
}

export interface Receiver {
  /** Where webhooks are posted to. */
  origin: string
  /** Where the panel is. */
  panel: string
  close(): Promise<void>
}

/** An endpoint for webhooks, under `/hooks/`, that can be told to misbehave; and the panel that shows what arrives. */
export async function serveReceiver({ port, secret, onSettings }: ReceiverOptions): Promise<Receiver> {
  let settings: Settings = { answer: '200', cors: true }
  /** The newest first. */
  let arrivals: Arrival[] = []
  const stream = createStream(() => ({ name: 'state', data: { settings, arrivals } }))

  const server = createServer(async (request, response) => {
    const [pathname = '/'] = (request.url ?? '/').split('?')
    const body = await text(request).catch(() => undefined)
    if (body === undefined) return // the sender has gone in the middle of it
    if (pathname.startsWith('/hooks/')) receive(request, response, body)
    else await servePanel(request, response, pathname, body)
  })

  function receive(request: IncomingMessage, response: ServerResponse, body: string): void {
    const cors = settings.cors ? corsHeaders(request.headers) : {}
    const isPreflight = request.method === 'OPTIONS'
    const { status, headers } = isPreflight ? preflightAnswer(settings) : answers[settings.answer]
    const arrival = arrivalOf(request, { text: body, status, secret, before: arrivals })
    arrivals = [arrival, ...arrivals].slice(0, capacity)
    stream.send('arrival', arrival)
    if (status !== null) response.writeHead(status, { ...cors, ...headers }).end()
  }

  async function servePanel(
    request: IncomingMessage,
    response: ServerResponse,
    pathname: string,
    body: string,
  ): Promise<void> {
    const route = `${request.method} ${pathname}`
    if (route === 'GET /stream') return stream.open(response)
    if (route === 'POST /settings') {
      settings = parseSettings(parseBody(body)) ?? settings
      stream.send('settings', settings)
      onSettings?.(settings)
      response.writeHead(204).end()
      return
    }
    if (route === 'POST /clear') {
      arrivals = []
      stream.send('state', { settings, arrivals })
      response.writeHead(204).end()
      return
    }
    const file = await readServedFile('panel', pathname === '/' ? '/index.html' : pathname)
    if (!file) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, { 'content-type': file.type, 'cache-control': 'no-store' }).end(file.text)
  }

  const actualPort = await listen(server, port)
  return {
    origin: `http://127.0.0.1:${actualPort}`,
    // By another name, so that hanging requests do not use up the browser's connections to the panel.
    panel: `http://localhost:${actualPort}`,
    close: () => stop(server),
  }
}
