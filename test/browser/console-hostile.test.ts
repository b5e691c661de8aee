import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { expect, onTestFinished, test } from 'vitest'
import { sharedChromium } from '../support/browsers/shared-chromium.ts'
import { namedOwnerToken, startOneTextConsole } from '../support/one-text-console.ts'

const hostile = `"'></textarea></title></script><script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>`

test('nothing runs that stands in a field, a tag, an answer, a header or an id, and the policy blocks nothing of ours', {
  timeout: 60_000,
}, async () => {
  const { companion, pages } = await startOneTextConsole({ id: hostile, text: hostile })
  const server = createAdaptorServer({ fetch: companion.fetch }) as Server
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  const browser = await sharedChromium()
  const page = await browser.newPage()
  onTestFinished(async () => {
    await page.close()
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  })

  const faults: string[] = []
  page.on('dialog', dialog => {
    faults.push(`${page.url()}: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('pageerror', error => faults.push(`${page.url()}: ${error}`))
  page.on('console', message => {
    // A thing that is not there is told as such.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      faults.push(`${page.url()}: ${message.text()}`)
    }
  })
  await page.goto(`${origin}/console/sign-in`)
  await page.getByLabel('Token').fill(namedOwnerToken)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()

  for (const path of pages) {
    // A file is downloaded, not opened.
    if (path.startsWith('settings/export')) continue
    await page.goto(`${origin}/console/${path}`)
  }
  expect(faults).toEqual([])
})
