import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { folderWith, runTourhook, tourhook } from '../../support/command-line.ts'
import { activityOf, messageId, origin, relayedOf } from '../../support/companion.ts'
import { createReceiver } from '../../support/receiver.ts'

// Each run is a process of its own, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 })

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const address = (line: string) => /http:\/\/[\d.]+:\d+/.exec(line)?.[0] ?? ''

async function receiverFor(options?: Parameters<typeof createReceiver>[0]) {
  const receiver = await createReceiver(options)
  onTestFinished(() => receiver.close())
  return receiver
}

describe('tourhook', () => {
  test.each([[[]], [['--help']], [['help']]])('shows its commands: %j', async args => {
    const { code, output } = await runTourhook(args)
    expect(code).toBe(0)
    for (const command of ['serve', 'check', 'listen', 'secret']) expect(output).toContain(`  ${command}`)
  })

  test.each(['serve', 'check', 'listen', 'secret'])('%s has help of its own', async command => {
    const { code, output } = await runTourhook([command, '--help'])
    expect(code).toBe(0)
    expect(output).toContain(`Usage: tourhook ${command}`)
  })

  test('shows its version', async () => {
    const { version } = JSON.parse(await readFile(new URL('../../../package.json', import.meta.url), 'utf8'))
    expect(await runTourhook(['--version'])).toMatchObject({ code: 0, output: version })
  })

  test.each([
    [['chek'], 'There is no command "chek"; did you mean "check"?'],
    [['constructor'], 'There is no command "constructor"'],
    [['check'], 'Name one config file.'],
    [['check', 'a', 'b'], 'Unexpected argument "b".'],
    [['check', 'a', '--prob'], "Unknown option '--prob'."],
    [['serve'], 'There is no tourhook.json in this folder: make one, or name yours with --config.'],
    [['serve', '--prot', '1'], "Unknown option '--prot'. Did you mean --port?"],
    [['serve', 'mine.json'], 'Name the config with --config mine.json'],
    [['serve', '--config', 'x', '--postgres', 'mine'], '--postgres: expected a URL such as postgres://'],
    [['serve', '--config', 'x', '--port', '99999'], '--port: expected a number'],
    [['listen', '--secret', 'hunter2'], '--secret: expected whsec_'],
    [['listen', '--status', 'teapot'], '--status: expected a number'],
  ])('says what is wrong with %j, and exits with 2', async (args, message) => {
    const { code, output, errors } = await runTourhook(args)
    expect({ code, output }).toEqual({ code: 2, output: '' })
    expect(errors).toContain(message)
    expect(errors).toContain('tourhook --help')
    expect(errors).not.toContain('    at ')
  })
})

describe('tourhook check', () => {
  const good = { webhooks: [{ id: 'crm', url: 'https://hooks.example.com/lead' }], tours: [{ id: 'welcome' }] }
  const bad = {
    webhooks: [{ id: 'crm', url: 'http://hooks.example.com/SECRET', methd: 'GET' }],
    tours: [{ id: 'a', steps: [{ type: 'trigger', trigger: { type: 'webhook', webhook: 'crmm' } }] }],
  }

  test('is content with a good config', async () => {
    const cwd = await folderWith({ 'tourhook.json': good })
    expect(await runTourhook(['check', 'tourhook.json'], { cwd })).toEqual({
      code: 0,
      output: '✓ tourhook.json is fine: 1 webhook, 1 tour.',
      errors: '',
    })
    const { output } = await runTourhook(['check', 'tourhook.json', '--json'], { cwd })
    expect(JSON.parse(output)).toEqual({ ok: true, problems: [] })
  })

  test('tells all problems at once, and exits with 1', async () => {
    const cwd = await folderWith({ 'tourhook.json': bad })
    const { code, output } = await runTourhook(['check', 'tourhook.json'], { cwd })
    expect(code).toBe(1)
    expect(output).toContain('✗ tourhook.json has 3 problems:')
    expect(output).toContain('webhooks[0].url')
    expect(output).toContain('unknown key "methd"; did you mean "method"?')
    expect(output).toContain('no webhook has the id "crmm"; did you mean "crm"?')
    expect(output).not.toContain('SECRET')

    const json = await runTourhook(['check', 'tourhook.json', '--json'], { cwd })
    expect(json.code).toBe(1)
    expect(JSON.parse(json.output)).toMatchObject({ ok: false, problems: { length: 3 } })
  })

  test('says of each problem at which line and column it is', async () => {
    const cwd = await folderWith({
      'tourhook.json': `{
  "webhooks": [{ "id": "crm", "url": "https://hooks.example.com",
    "data": { "role": { "answer": "roel" } } }],
  "tours": [{ "id": "welcome", "steps": [
    { "type": "modl" },
    { "type": "modal", "fields": [{ "name": "role", "type": "text" }] }] }]
}`,
    })
    const { code, output } = await runTourhook(['check', 'tourhook.json'], { cwd })
    expect(code).toBe(1)
    expect(output).toContain('✗ tourhook.json has 1 problem and 1 warning:')
    expect(output).toMatch(/line 5:15 +tours\[0\]\.steps\[0\]\.type +expected one of .*did you mean "modal"\?/)
    expect(output).toMatch(
      /line 3:35 +webhooks\[0\]\.data\.role\.answer +warning: no field has the name "roel"; did you mean "role"\?/,
    )
    expect(output).toMatch(/line 4:13 +tours\[0\] +note: nothing in the config starts this tour/)
  })

  test('exits with 0 for warnings alone, with 1 when it is --strict', async () => {
    const cwd = await folderWith({
      'tourhook.json': { webhooks: [{ id: 'crm', url: 'http://localhost:9090' }] },
    })
    const { code, output } = await runTourhook(['check', 'tourhook.json'], { cwd })
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringMatching(
        /^✓ tourhook\.json is fine, with 1 warning: 1 webhook, 0 tours\.\n\n {2}line 1/,
      ),
    })
    const json = await runTourhook(['check', 'tourhook.json', '--json', '--strict'], { cwd })
    expect(json.code).toBe(1)
    expect(JSON.parse(json.output)).toMatchObject({
      ok: false,
      problems: [],
      warnings: [{ path: 'webhooks[0].url', line: 1, column: 32 }],
    })
  })

  test('says where a file is no JSON, or that there is none', async () => {
    const cwd = await folderWith({
      'broken.json': '{\n  "tours": [],\n}',
      'leak.json': '{ "secret": whsec_SECRET }',
    })
    const broken = await runTourhook(['check', 'broken.json'], { cwd })
    expect(broken).toMatchObject({ code: 1, output: expect.stringContaining('is not JSON') })
    expect(broken.output).toContain('line 3')
    expect((await runTourhook(['check', 'leak.json'], { cwd })).output).not.toContain('SECRET')
    expect(await runTourhook(['check', 'none.json'], { cwd })).toMatchObject({
      code: 1,
      errors: "none.json can't be read: there is no such file.\n",
    })
  })

  test('--probe finds out how a page reaches each endpoint, and posts nothing', async () => {
    const [open, closed] = [await receiverFor({ cors: 'full' }), await receiverFor({ cors: 'none' })]
    const cwd = await folderWith({
      'tourhook.json': {
        webhooks: [
          { id: 'open', url: open.url('/SECRET') },
          { id: 'closed', url: closed.url('/SECRET') },
          { id: 'pixel', url: closed.url('/SECRET'), method: 'GET' },
          { id: 'relayed', url: closed.url('/SECRET'), transport: 'relay' },
          { id: 'signed', url: closed.url('/SECRET'), secret },
          { id: 'server', url: closed.url('/SECRET'), events: ['tour_completed'] },
        ],
      },
    })
    const { code, output } = await runTourhook(['check', 'tourhook.json', '--probe'], { cwd })
    expect(code).toBe(0)
    expect(output).toMatch(/✓ open \S+: write "transport": "cors"/)
    expect(output).toMatch(/✓ closed \S+: write "transport": "simple"/)
    expect(output).toMatch(/✓ pixel \S+: write "transport": "simple"/)
    expect(output).toMatch(/✓ relayed \S+: goes through the companion/)
    expect(output).toMatch(/✓ signed \S+: write "transport": "relay"/)
    expect(output).not.toMatch(/server|SECRET/)
    expect([...open.requests, ...closed.requests]).toEqual([])
    expect(open.preflights[0]?.headers).toMatchObject({ origin, 'access-control-request-method': 'POST' })
  })

  test('--probe fails where the config does not get through', async () => {
    const closed = await receiverFor({ cors: 'none' })
    const down = await receiverFor()
    await down.down()
    const cwd = await folderWith({
      'tourhook.json': {
        webhooks: [
          { id: 'wrong', url: closed.url('/SECRET'), transport: 'cors' },
          { id: 'headers', url: closed.url('/SECRET'), auth: { username: 'u', password: 'SECRET' } },
          { id: 'down', url: down.url('/SECRET') },
        ],
      },
    })
    const { code, output } = await runTourhook(['check', 'tourhook.json', '--probe', '--json'], { cwd })
    expect(code).toBe(1)
    expect(output).not.toContain('SECRET')
    expect(JSON.parse(output)).toMatchObject({
      ok: false,
      probes: [
        { webhook: 'wrong', works: false, transport: 'simple' },
        { webhook: 'headers', works: false, transport: 'relay' },
        { webhook: 'down', works: false, advice: 'no answer', endpoint: new URL(down.url()).origin },
      ],
    })
  })
})

describe('tourhook secret', () => {
  test('prints a new one at each call, which a config takes', async () => {
    const [first, second] = [await runTourhook(['secret']), await runTourhook(['secret'])]
    expect(first.output).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(second.output).not.toBe(first.output)
    const webhooks = [{ id: 'crm', url: 'https://hooks.example.com', secret: first.output }]
    const cwd = await folderWith({ 'tourhook.json': { webhooks } })
    expect(await runTourhook(['check', 'tourhook.json'], { cwd })).toMatchObject({ code: 0 })
  })
})

describe('tourhook listen', () => {
  const sign = (id: string, body: string, at = new Date()) => ({
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': `v1,bm90aGluZw== ${new Webhook(secret).sign(id, at, body)}`,
  })

  test('prints what arrives and whether its signature holds', async () => {
    const run = tourhook(['listen', '--port', '0', '--secret', secret])
    const url = address(await run.line(/Waiting for webhooks at/))
    const body = JSON.stringify({ name: 'CRM lead', escape: '\u001b[31mred' })
    const old = new Date(Date.now() - 600_000)

    expect(
      (await fetch(`${url}/lead?a=b`, { method: 'POST', body, headers: sign('msg_1', body) })).status,
    ).toBe(200)
    expect(await run.line(/POST \/lead/)).toMatch(/✓ signed {2}msg_1$/)
    await run.line(/^ {2}a = b$/)
    await run.line(/"name": "CRM lead"/)
    await fetch(`${url}/again`, { method: 'POST', body, headers: sign('msg_1', body) })
    expect(await run.line(/\/again/)).toMatch(/a repeat$/)
    await fetch(`${url}/forged`, { method: 'POST', body: `${body} `, headers: sign('msg_2', body) })
    expect(await run.line(/\/forged/)).toContain('✗ wrong signature')
    await fetch(`${url}/old`, { method: 'POST', body, headers: sign('msg_3', body, old) })
    expect(await run.line(/\/old/)).toContain('✗ signed more than five minutes ago')
    await fetch(`${url}/plain`, { method: 'POST', body: 'just \u001b[31mtext' })
    expect(await run.line(/\/plain/)).toContain('not signed')
    await run.line(/just \ufffd\[31mtext/)
    expect(run.output).not.toContain('\u001b')

    const before = run.output.split('\n').length
    await fetch(`${url}/%0a12:00:00%20%20POST%20/forged?%0aa=%E2%80%AEb`, { method: 'POST' })
    await run.line(/forged.*not signed/)
    await run.line(/ = \ufffdb/)
    expect(
      run.output
        .split('\n')
        .slice(before)
        .filter(line => /^(12:00:00|a )/.test(line)),
    ).toEqual([])

    run.process.kill('SIGHUP')
    expect(await run.ended).toBe(0)
  })

  test('takes what pages post, and answers as it is told', async () => {
    const run = tourhook(['listen', '--port', '0', '--status', '503', '--json'])
    const { listening } = JSON.parse(await run.line(/listening/))
    const preflight = await fetch(`${listening}/x`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-team' },
    })
    expect(preflight.headers.get('access-control-allow-origin')).toBe(origin)
    expect(preflight.headers.get('access-control-allow-headers')).toBe('x-team')

    const { message } = relayedOf()
    const answer = await fetch(`${listening}/x`, {
      method: 'POST',
      headers: { origin },
      body: JSON.stringify(message),
    })
    expect(answer.status).toBe(503)
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin)
    expect(JSON.parse(await run.line(/"method"/))).toEqual({
      method: 'POST',
      path: '/x',
      query: {},
      id: message.id,
      signature: 'unsigned',
      repeat: false,
      body: message,
    })
  })

  test('says when its port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => {
      server.close()
    })
    await new Promise(resolve => server.once('listening', resolve))
    const taken = server.address() as { port: number }
    const { code, errors } = await runTourhook(['listen', '--port', String(taken.port)])
    expect({ code, errors }).toEqual({
      code: 1,
      errors: `127.0.0.1:${taken.port} is taken by another process; choose another --port.\n`,
    })
  })
})

describe('tourhook serve', () => {
  const post = (url: string, path: string, body: unknown) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })

  test('takes activity, sends webhooks, and tells what becomes of them, and no secret', async () => {
    const receiver = await receiverFor()
    const cwd = await folderWith({
      'tourhook.json': {
        webhooks: [
          { id: 'crm', url: receiver.url('/SECRET'), secret, events: ['tour_completed'] },
          { id: 'chat', url: receiver.url('/chat') },
        ],
      },
    })
    const run = tourhook(
      [
        'serve',
        '--config',
        'tourhook.json',
        '--port',
        '0',
        '--allow-network',
        '127.0.0.0/8',
        '--allow-origin',
        origin,
      ],
      { cwd, env: { TOURHOOK_ADMIN_TOKEN: 'SECRET-token-of-at-least-32-characters' } },
    )
    const url = address(await run.line(/companion is at/))
    const activity = activityOf({ events: [{ name: 'tour_completed', id: 'welcome' }] })
    expect((await post(url, '/v1/events', activity)).status).toBe(202)
    expect((await post(url, '/v1/relay/chat', relayedOf())).status).toBe(202)
    await receiver.arrived(2)
    await run.line(/✓ crm {2}200 in \d+ ms/)
    await run.line(/✓ chat {2}200 in \d+ ms/)

    expect((await fetch(`${url}/v1/admin/webhooks`)).status).toBe(401)
    const admin = await fetch(`${url}/v1/admin/webhooks`, {
      headers: { authorization: 'Bearer SECRET-token-of-at-least-32-characters' },
    })
    expect(admin.status).toBe(200)

    run.process.kill('SIGTERM')
    expect(await run.ended).toBe(0)
    expect(run.output).toContain('Stopping')
    expect(`${run.output}${run.errors}`).not.toMatch(/SECRET|whsec_/)
  })

  test('goes on after a restart where it stopped', async () => {
    const receiver = await receiverFor({ answer: { status: 503 } })
    const cwd = await folderWith({
      'tourhook.json': { webhooks: [{ id: 'crm', url: receiver.url('/lead'), events: ['tour_completed'] }] },
    })
    const args = [
      'serve',
      '--config',
      'tourhook.json',
      '--port',
      '0',
      '--allow-network',
      '127.0.0.0/8',
      '--json',
    ]
    const env = { TOURHOOK_ORIGINS: `https://other.example, ${origin}` }
    const activity = activityOf({ id: messageId(), events: [{ name: 'tour_completed', id: 'welcome' }] })

    const first = tourhook(args, { cwd, env })
    const before = JSON.parse(await first.line(/listening/)).listening
    expect(await (await post(before, '/v1/events', activity)).json()).toMatchObject({ counted: true })
    const [failed] = await receiver.arrived(1)
    first.process.kill('SIGKILL')
    await first.ended

    receiver.script({ answer: { status: 200 } })
    const second = tourhook(args, { cwd, env })
    const after = JSON.parse(await second.line(/listening/)).listening
    expect(await (await post(after, '/v1/events', activity)).json()).toMatchObject({ counted: false })
    const id = failed?.headers['webhook-id']
    const admin = await fetch(`${after}/v1/admin/deliveries/${id}`)
    expect(admin.status).toBe(401)
  })

  test('--dev and listen find each other as they stand in the docs', async () => {
    const inbox = tourhook(['listen', '--port', '0'])
    const { port } = new URL(address(await inbox.line(/Waiting for webhooks at/)))
    const config = (path: string) => ({
      webhooks: [{ id: 'crm', url: `http://localhost:${port}/${path}`, events: ['tour_completed'] }],
    })
    const cwd = await folderWith({ 'tourhook.json': config('lead') })
    const activity = () => activityOf({ events: [{ name: 'tour_completed', id: 'welcome' }] })

    // Without it, the start and each attempt name what is missing.
    const careful = tourhook(['serve', '--config', 'tourhook.json', '--port', '0', '--allow-origin', origin], {
      cwd,
    })
    const first = address(await careful.line(/companion is at/))
    expect(await careful.line(/^! crm/)).toContain('start with --dev or --allow-network 127.0.0.0/8')
    expect(await careful.line(/without a "secret"/)).toContain('`tourhook secret` makes one')
    expect((await post(first, '/v1/events', activity())).status).toBe(202)
    expect(await careful.line(/… crm/)).toMatch(/--allow-network.*next try in \d+ seconds/)
    careful.process.kill('SIGTERM')
    expect(await careful.ended).toBe(0)

    const run = tourhook(['serve', '--dev', '--port', '0'], { cwd })
    const url = address(await run.line(/companion is at/))
    // What waited is tried at once.
    await run.line(/✓ crm {2}200 in/)
    expect((await post(url, '/v1/events', activity())).status).toBe(202)
    await inbox.line(/POST \/lead/)

    // The config is read again when it changes; with problems, the last one holds.
    await writeFile(join(cwd, 'tourhook.json'), '{ "webhooks": 7 }')
    await expect.poll(() => run.errors).toContain('what was read before still holds')
    await writeFile(join(cwd, 'tourhook.json'), JSON.stringify(config('moved')))
    await run.line(/tourhook.json was read again: 1 webhook, 0 tours/)
    expect((await post(url, '/v1/events', activity())).status).toBe(202)
    await inbox.line(/POST \/moved/)
    expect(run.errors).not.toContain('    at ')
  })

  test('SIGHUP reads the config again, and a refused page and a closed log end nothing', async () => {
    const receiver = await receiverFor()
    const cwd = await folderWith({ 'tourhook.json': { tours: [{ id: 'one' }] } })
    const args = ['serve', '--config', 'tourhook.json', '--port', '0', '--allow-origin', origin]
    const run = tourhook([...args, '--allow-network', '127.0.0.0/8'], { cwd })
    const url = address(await run.line(/companion is at/))

    const refused = await fetch(`${url}/v1/config.json`, { headers: { origin: 'https://other.example' } })
    expect(refused.status).toBe(403)
    expect(await run.line(/was turned away/)).toContain('--allow-origin https://other.example')

    const webhooks = [{ id: 'chat', url: receiver.url('/chat') }]
    await writeFile(
      join(cwd, 'tourhook.json'),
      JSON.stringify({ webhooks, tours: [{ id: 'one' }, { id: 'two' }] }),
    )
    run.process.kill('SIGHUP')
    await run.line(/was read again: 1 webhook, 2 tours/)
    const config = await fetch(`${url}/v1/config.json`, { headers: { origin } })
    expect(await config.json()).toMatchObject({ tours: [{ id: 'one' }, { id: 'two' }] })
    expect((await post(url, '/v1/relay/chat', relayedOf())).status).toBe(202)
    await receiver.arrived(1)

    // As when `serve` is piped into `head`, which has seen enough.
    run.process.stdout?.destroy()
    for (let turn = 0; turn < 3; turn += 1) {
      expect((await post(url, '/v1/relay/chat', relayedOf())).status).toBe(202)
      await receiver.arrived(2 + turn)
    }
    run.process.kill('SIGTERM')
    expect(await run.exited).toBe(0)
  })

  test('lists at its start what is disabled and why', async () => {
    const receiver = await receiverFor({ answer: { status: 410 } })
    const cwd = await folderWith({
      'tourhook.json': { webhooks: [{ id: 'crm', url: receiver.url('/lead'), events: ['tour_completed'] }] },
    })
    const args = ['serve', '--dev', '--port', '0']
    const first = tourhook(args, { cwd })
    const url = address(await first.line(/companion is at/))
    await post(url, '/v1/events', activityOf({ events: [{ name: 'tour_completed', id: 'welcome' }] }))
    await first.line(/disabled: it answered 410 Gone/)
    first.process.kill('SIGINT')
    expect(await first.ended).toBe(0)
    const second = tourhook(args, { cwd })
    expect(await second.line(/^✗ crm is disabled since/)).toContain('it answered 410 Gone')
  })

  test.each([
    [
      ['--user-hash-secret', ''],
      '--user-hash-secret (TOURHOOK_USER_HASH_SECRET): expected at least 16 characters, got an empty text',
    ],
    [['--site-key', ''], '--site-key (TOURHOOK_SITE_KEY): expected a text, got an empty text'],
    [
      ['--admin-token', 'short'],
      '--admin-token (TOURHOOK_ADMIN_TOKEN): expected at least 32 characters, got 5 characters',
    ],
  ])('does not start with a secret that guards nothing: %j', async (args, message) => {
    const cwd = await folderWith({ 'tourhook.json': {} })
    const { code, errors } = await runTourhook(['serve', '--config', 'tourhook.json', ...args], { cwd })
    expect(code).toBe(1)
    expect(errors).toContain(message)
    expect(errors).toContain('tourhook secret')
  })

  test('does not start on a config with problems, and tells them all', async () => {
    const cwd = await folderWith({
      'tourhook.json': { webhooks: [{ id: 'crm', transport: 'relay' }, { id: 'crm' }] },
    })
    const { code, output, errors } = await runTourhook(['serve', '--config', 'tourhook.json'], { cwd })
    expect({ code, output }).toEqual({ code: 1, output: '' })
    expect(errors).toContain('webhooks[1].id: "crm" is given twice')
    expect(errors).toContain('webhooks[1].url: is missing')
  })

  test('does not start on origins or networks that are none', async () => {
    const cwd = await folderWith({ 'tourhook.json': {} })
    for (const [option, value] of [
      ['--allow-origin', 'example.com'],
      ['--allow-network', 'localhost'],
    ] as const) {
      const { code, errors } = await runTourhook(['serve', '--config', 'tourhook.json', option, value], { cwd })
      expect(code).toBe(1)
      expect(errors).toContain(`got "${value}"`)
    }
  })
})
