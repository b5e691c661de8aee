import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { beforeAll, describe, expect, it } from 'vitest'
import { createSecret, keyOf, signatureOf } from '../../src/server/webhooks/signature.ts'

/** What the documentation tells people to paste, run as they would. */
const page = readFileSync('docs/receivers.md', 'utf8')
const shown = (language: string) => new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'ms').exec(page)?.[1] ?? ''

interface Receiver {
  command: string
  /** Debian's package. */
  needs: string
  /** The program around the shown function: reads body, headers and secret as JSON, prints `true` or `false`. */
  program: string
}

const receivers: Record<string, Receiver> = {
  Python: {
    command: 'python3',
    needs: 'python3',
    program: `${shown('python')}
import json, sys
given = json.load(sys.stdin)
print(str(is_genuine(given["body"].encode(), given["headers"], given["secret"])).lower())`,
  },
  PHP: {
    command: 'php',
    needs: 'php-cli',
    program: `${shown('php')}
$given = json_decode(stream_get_contents(STDIN), true);
echo is_genuine($given['body'], $given['headers'], $given['secret']) ? 'true' : 'false';`,
  },
}

describe.each(Object.entries(receivers))('a receiver in %s', (_, { command, needs, program }) => {
  beforeAll(() => installed(command, needs), 120_000)

  const secret = createSecret()
  const body = '{"name":"Grüße","data":{"score":9}}'
  const sign = (signed: { id: string; timestamp: number; body: string }) => ({
    'webhook-id': signed.id,
    'webhook-timestamp': String(signed.timestamp),
    'webhook-signature': signatureOf(signed, [keyOf(createSecret()), keyOf(secret)]),
  })

  async function isTaken(given: object): Promise<string> {
    const child = spawn(command, [command === 'php' ? '-r' : '-c', program], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    child.stdin.end(JSON.stringify({ body, secret, ...given }))
    return (await text(child.stdout)).trim()
  }

  it('takes what is signed, also while the secret rotates', async () => {
    const headers = sign({ id: 'msg_1', timestamp: Math.floor(Date.now() / 1000), body })
    expect(await isTaken({ headers })).toBe('true')
  })

  it('refuses another body, another secret and an old timestamp', async () => {
    const now = Math.floor(Date.now() / 1000)
    const headers = sign({ id: 'msg_1', timestamp: now, body })
    expect(await isTaken({ headers, body: `${body} ` })).toBe('false')
    expect(await isTaken({ headers, secret: createSecret() })).toBe('false')
    expect(await isTaken({ headers: sign({ id: 'msg_1', timestamp: now - 301, body }) })).toBe('false')
  })
})

/** Installs a program from Debian's packages where it is missing and that is possible. */
function installed(command: string, needs: string): void {
  if (spawnSync(command, ['--version']).status === 0) return
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', ['update'], { env })
  spawnSync('apt-get', ['install', '--yes', '--no-install-recommends', needs], { env })
  if (spawnSync(command, ['--version']).status !== 0) throw new Error(`${command} is missing: install ${needs}`)
}
