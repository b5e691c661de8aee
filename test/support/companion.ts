import { onTestFinished } from 'vitest'
import type { Config } from '../../src/schema/config.ts'
import { type CompanionOptions, createCompanion } from '../../src/server/companion/companion.ts'
import { createEmitter } from '../../src/server/emitter/emitter.ts'
import { memoryStore } from '../../src/server/stores/memory/memory.ts'
import type { Store } from '../../src/server/stores/store.ts'
import { createReceiver } from './receiver.ts'

export const origin = 'https://www.example.com'
export const adminToken = 'a-token-for-tests-only-of-40-characters'

let count = 0

/** An id that no other message of this process has. */
export function messageId(): string {
  count += 1
  return `msg_${String(count).padStart(32, '0')}`
}

/** An activity as a browser sends it. */
export function activityOf(changes: object = {}): { id: string; [key: string]: unknown } {
  return { id: messageId(), timestamp: '2026-11-23T09:00:00.000Z', userId: 'ada', events: [], ...changes }
}

/** A relayed message as a browser sends it. */
export function relayedOf(changes: object = {}, beside: object = {}) {
  const message = {
    id: messageId(),
    timestamp: '2026-11-23T09:00:00.000Z',
    name: 'CRM lead',
    userId: 'ada',
    events: [{ name: 'trigger_event', id: 'welcome', step: 'send' }],
    data: { email: 'ada@example.com' },
    ...changes,
  }
  return { message, ...beside }
}

/** A companion on a real emitter, and the receiver that the config's webhooks may point to. */
export async function startCompanion({
  config = () => ({}),
  store = memoryStore(),
  currentConfig,
  ...options
}: {
  config?: (url: (path: string) => string) => Config
  store?: Store
  /** The config as it is now, if it changes. */
  currentConfig?: () => Config
} & Partial<Omit<CompanionOptions, 'config' | 'emitter'>> = {}) {
  const receiver = await createReceiver()
  const parsed = config(path => receiver.url(path))
  const emitter = createEmitter({ webhooks: parsed.webhooks ?? [], store, allowNetworks: ['127.0.0.0/8'] })
  const errors: unknown[] = []
  const companion = createCompanion({
    emitter,
    config: currentConfig ?? parsed,
    adminToken,
    allowedOrigins: [origin],
    onError: error => errors.push(error),
    ...options,
  })
  let closing: Promise<void> | undefined
  const close = () => {
    closing ??= emitter.close().then(() => receiver.close())
    return closing
  }
  onTestFinished(close)

  /** Asks as a page of the allowed origin does. */
  const page = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const request = new Request(`http://companion.test${path}`, {
      method,
      headers: { origin, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return read(await companion.fetch(request))
  }
  /** Asks as an administrator does. */
  const admin = (method: string, path: string, body?: unknown) =>
    page(method, path.startsWith('/metrics') ? path : `/v1/admin${path}`, body, {
      authorization: `Bearer ${adminToken}`,
    })

  return {
    close,
    companion,
    emitter,
    receiver,
    errors,
    page,
    admin,
    post: (path: string, body: unknown) => page('POST', path, body),
  }
}

async function read(response: Response) {
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json')
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson ? JSON.parse(text) : undefined,
  }
}
