import type { ServerResponse } from 'node:http'

/** Server-sent events to every panel that is open. */
export interface Stream {
  open(response: ServerResponse): void
  send(name: string, data: unknown): void
}

/** @param greeting what a panel is told first, by name. */
export function createStream(greeting: () => { name: string; data: unknown }): Stream {
  const panels = new Set<ServerResponse>()

  function write(response: ServerResponse, name: string, data: unknown): void {
    response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
  }

  return {
    open(response) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      const { name, data } = greeting()
      write(response, name, data)
      panels.add(response)
      response.on('close', () => panels.delete(response))
    },
    send(name, data) {
      for (const response of panels) write(response, name, data)
    },
  }
}
