import { describe, expect, it } from 'vitest'
import { folderWith, runTourhook, tourhook } from '../../support/command-line.ts'
import { adminToken } from '../../support/companion.ts'
import { createReceiver } from '../../support/receiver.ts'

/** `tourhook serve` with one webhook, and `tourhook …` beside it. */
async function startServing() {
  const receiver = await createReceiver()
  const cwd = await folderWith({
    'tourhook.json': { webhooks: [{ id: 'crm', url: receiver.url('/crm'), events: ['tour_completed'] }] },
  })
  const args = ['serve', '--port', '0', '--dev', '--config', 'tourhook.json']
  const run = tourhook(args, { cwd, env: { TOURHOOK_ADMIN_TOKEN: adminToken } })
  const [url = ''] = /http:\/\/[^\s,]+/.exec(await run.line(/http:\/\/(localhost|127\.0\.0\.1):\d+/)) ?? []
  const env = { TOURHOOK_URL: url, TOURHOOK_ADMIN_TOKEN: adminToken }
  return { receiver, url, ask: (...args: string[]) => runTourhook(args, { cwd, env }) }
}

describe('the commands that ask a companion', () => {
  it('list its webhooks and deliveries, and send one again', { timeout: 60_000 }, async () => {
    const { receiver, url, ask } = await startServing()
    expect((await ask('webhooks')).output).toMatch(
      /^crm {2}http:\/\/127\.0\.0\.1:\d+ {2}config, not signed {2}ok$/,
    )

    const activity = {
      id: 'msg_1',
      timestamp: new Date().toISOString(),
      userId: 'ada',
      events: [{ name: 'tour_completed', id: 'welcome' }],
    }
    await fetch(`${url}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'http://localhost:3000' },
      body: JSON.stringify(activity),
    })
    await receiver.arrived(1)
    const listed = (await ask('deliveries', '--webhook', 'crm', '--since', '1h', '--json')).output
    const { id } = JSON.parse(listed.split('\n')[0] ?? '')
    expect((await ask('deliveries', id)).output).toContain(id)

    expect((await ask('resend', id)).output).toBe('1 message will be sent again.')
    await receiver.arrived(2)
    expect((await ask('webhooks', 'test', 'crm')).output).toMatch(/^200 in \d+ ms$/)
    expect((await ask('webhooks', 'disable', 'crm')).output).toContain('gets nothing')
    expect((await ask('webhooks')).output).toContain('disabled since')
    await receiver.close()
  })

  it('say in a sentence what they lack', async () => {
    const env = { TOURHOOK_URL: 'http://127.0.0.1:9', TOURHOOK_ADMIN_TOKEN: '' }
    expect(await runTourhook(['deliveries'], { env })).toMatchObject({
      code: 2,
      errors: expect.stringContaining('give --token, or set TOURHOOK_ADMIN_TOKEN'),
    })
    expect(await runTourhook(['deliveries', '--token', adminToken], { env })).toMatchObject({
      code: 1,
      errors: expect.stringContaining('No companion answers at http://127.0.0.1:9'),
    })
    expect(await runTourhook(['resend', '--token', adminToken], { env })).toMatchObject({
      code: 2,
      errors: expect.stringContaining('Say which'),
    })
    expect(await runTourhook(['deliveries', '--since', 'soon', '--token', adminToken], { env })).toMatchObject({
      code: 2,
      errors: expect.stringContaining('--since: expected a time'),
    })
  })
})
