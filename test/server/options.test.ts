import { expect, it } from 'vitest'
import { createAdminClient } from '../../src/admin/index.ts'
import {
  createCompanion,
  createEmitter,
  memoryStore,
  postgresStore,
  sqliteStore,
} from '../../src/server/index.ts'

const makers = { createAdminClient, createCompanion, createEmitter, postgresStore, sqliteStore }
const emitter = createEmitter()
const companion = { emitter, config: { webhooks: [], tours: [] }, allowedOrigins: [] }

/** Calls it as JavaScript can: with options of any shape. */
function saidOf(maker: keyof typeof makers, options: unknown): string {
  try {
    Reflect.apply(makers[maker], undefined, [options])
    return 'nothing'
  } catch (error) {
    return String(error)
  }
}

it.each<[maker: keyof typeof makers, options: unknown, words: string]>([
  [
    'createEmitter',
    { store: 'tourhook.db' },
    'store: expected what memoryStore, sqliteStore or postgresStore returns',
  ],
  [
    'createEmitter',
    { store: memoryStore },
    'store: expected what memoryStore, sqliteStore or postgresStore returns',
  ],
  ['createEmitter', { allowNetworks: '10.0.0.0/8' }, 'allowNetworks: expected an array, got "10.0.0.0/8"'],
  ['createEmitter', { timeoutMs: '5s' }, 'timeoutMs: expected a number, got "5s"'],
  ['createEmitter', { timeoutMs: 0 }, 'timeoutMs: expected more than 0, got 0'],
  ['createEmitter', { schedule: [0, -1] }, 'schedule[1]: expected at least 0, got -1'],
  ['createCompanion', { ...companion, emitter: undefined }, 'emitter: expected what createEmitter returns'],
  [
    'createCompanion',
    { ...companion, allowedOrigins: undefined },
    'allowedOrigins: is missing; expected an array',
  ],
  [
    'createCompanion',
    { ...companion, allowedOrigins: 'https://a.example' },
    'allowedOrigins: expected an array',
  ],
  ['createCompanion', { ...companion, clientAddress: 'x-real-ip' }, 'clientAddress: expected a function'],
  ['createCompanion', { ...companion, basePath: 5 }, 'basePath: expected a text, got 5'],
  ['postgresStore', {}, 'connectionString: is missing; expected a text'],
  [
    'postgresStore',
    { connectionString: 'postgres://localhost/a', connections: '10' },
    'connections: expected a number',
  ],
  ['sqliteStore', undefined, 'path: is missing; expected a text'],
  ['sqliteStore', '', 'path: must not be empty'],
  ['createAdminClient', { token: 'x' }, 'url: expected the address of a companion'],
  ['createAdminClient', { url: 'tours', token: 'x' }, 'url: expected the address of a companion'],
  ['createAdminClient', { url: 'https://tours.example.com' }, 'token: expected a text'],
])('%s says which of its options is wrong, and what it expects: %j', (maker, options, words) => {
  expect(saidOf(maker, options)).toContain(`TypeError: ${words}`)
})
