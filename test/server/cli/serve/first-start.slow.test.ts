import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { stripVTControlCharacters } from 'node:util'
import { expect, onTestFinished, test, vi } from 'vitest'
import { folderWith, tourhook } from '../../../support/command-line.ts'

vi.setConfig({ testTimeout: 60_000 })

const entry = new URL('../../../../src/server/cli/cli.ts', import.meta.url).pathname
const args = [
  'serve',
  '--config',
  'tourhook.json',
  '--port',
  '0',
  '--db',
  'tourhook.db',
  '--allow-origin',
  'https://www.example.com',
]

/** Serves in a terminal, as `script` makes one; resolves once the words have come that say where. */
async function serveInTerminal(
  cwd: string,
): Promise<{ address: string; words: string; stop: () => Promise<void> }> {
  const command = [process.execPath, '--disable-warning=ExperimentalWarning', entry, ...args].join(' ')
  const child = spawn('script', ['--quiet', '--flush', '--return', '--command', command, '/dev/null'], {
    cwd,
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, NO_COLOR: '1', TOURHOOK_ADMIN_TOKEN: '' },
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  let words = ''
  for await (const line of createInterface(child.stdout)) {
    words += `${stripVTControlCharacters(line)}\n`
    // Below what it says of itself is an empty line.
    if (/^ *admin /m.test(words) && line.trim() === '') break
  }
  return {
    address: /http:\/\/[\d.]+:\d+/.exec(words)?.[0] ?? '',
    words,
    async stop() {
      const ended = new Promise(resolve => child.once('exit', resolve))
      child.stdin.write('\u0003')
      await ended
    },
  }
}

async function signIn(address: string, token: string): Promise<number> {
  const { status } = await fetch(`${address}/console/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: address },
    body: new URLSearchParams({ token }),
  })
  return status
}

test('the first start in a terminal prints a token that opens the console, and no later one does', async () => {
  const cwd = await folderWith({ 'tourhook.json': { webhooks: [], tours: [{ id: 'welcome' }] } })
  const first = await serveInTerminal(cwd)
  const token = /token +([\w-]{32,})/.exec(first.words)?.[1] ?? ''
  expect(first.words).toContain('/console')
  expect(await signIn(first.address, token)).toBe(303)
  await first.stop()

  const second = await serveInTerminal(cwd)
  expect(second.words).not.toContain(token)
  expect(await signIn(second.address, token)).toBe(303)
  await second.stop()
})

test('a start without a terminal makes no token, and has no console', async () => {
  const cwd = await folderWith({ 'tourhook.json': { webhooks: [], tours: [{ id: 'welcome' }] } })
  const run = tourhook(args, { cwd, env: { TOURHOOK_ADMIN_TOKEN: '' } })
  const line = await run.line(/http:\/\/[\d.]+:\d+/)
  const address = /http:\/\/[\d.]+:\d+/.exec(line)?.[0] ?? ''
  expect((await fetch(`${address}/console`)).status).toBe(404)
  expect(run.output).not.toMatch(/token +[\w-]{32,}/)
})
