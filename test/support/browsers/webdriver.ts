import { setTimeout as wait } from 'node:timers/promises'

/** Sends one command of the W3C protocol (https://www.w3.org/TR/webdriver2/) and returns its value. */
export type Command = <Value = null>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: object,
) => Promise<Value>

export interface Session {
  command: Command
  capabilities: { browserVersion: string }
}

/** A session of the WebDriver at `server`, which may still be starting. */
export async function createSession(server: string, capabilities: object): Promise<Session> {
  await ready(server)
  const { sessionId, capabilities: got } = await send<{
    sessionId: string
    capabilities: Session['capabilities']
  }>('POST', `${server}/session`, { capabilities: { alwaysMatch: capabilities } })
  return {
    command: (method, path, body) => send(method, `${server}/session/${sessionId}${path}`, body),
    capabilities: got,
  }
}

async function send<Value>(method: string, url: string, body: object = {}): Promise<Value> {
  const response = await fetch(url, { method, ...(method === 'POST' && { body: JSON.stringify(body) }) })
  const { value } = (await response.json()) as { value: Value & { error?: string; message?: string } }
  if (!response.ok) throw new Error(`${value.error}: ${value.message}`)
  return value
}

async function ready(server: string) {
  const deadline = performance.now() + 10_000
  for (;;) {
    try {
      await fetch(`${server}/status`)
      return
    } catch (cause) {
      if (performance.now() > deadline) throw new Error(`No WebDriver at ${server} after 10 s`, { cause })
    }
    await wait(20)
  }
}
