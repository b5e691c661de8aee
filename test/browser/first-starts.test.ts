import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { build, type Rolldown } from 'vite'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { sharedChromium } from '../support/browsers/shared-chromium.ts'

// The README's three starts, character by character, in an empty folder with what npm would publish.

const run = promisify(execFile)
const readme = readFileSync('README.md', 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'tourhook-first-'))
let browser: Browser

beforeAll(async () => {
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder])
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }]
  writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }')
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', `./${filename}`, 'driver.js@1'], {
    cwd: folder,
  })
  browser = await sharedChromium()
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The README's code below a heading: the first block of a language. */
function shown(heading: string, language: string): string {
  const section = readme.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
  return new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'ms').exec(section)?.[1] ?? ''
}

interface Arrived {
  url: string
  contentType: string | undefined
  message: { userId: string | null; data: object; events: object[] }
}

/** A page at an address of its own, and what it sends to the hooks that the README names. */
async function open(html: string, endpoint: { cors: boolean }): Promise<{ page: Page; arrived: Arrived[] }> {
  const page = await browser.newPage()
  onTestFinished(() => page.close())
  const arrived: Arrived[] = []
  await page.route('https://www.example.com/**', route => {
    const { pathname } = new URL(route.request().url())
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: html })
    return route.fulfill({ path: join(folder, pathname) })
  })
  const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'content-type' }
  await page.route(/^https:\/\/hooks\./, route => {
    const request = route.request()
    if (request.method() === 'OPTIONS') return route.fulfill(endpoint.cors ? { headers } : { status: 405 })
    // Routed, a request has no preflight; without CORS, a browser would have stopped at it.
    const contentType = request.headers()['content-type']
    if (!endpoint.cors && contentType === 'application/json') return route.abort()
    arrived.push({ url: request.url(), contentType, message: request.postDataJSON() })
    return route.fulfill({ body: 'ok', headers: endpoint.cors ? headers : {} })
  })
  await page.goto('https://www.example.com/')
  return { page, arrived }
}

/** A module that is bundled from what npm has installed there. */
async function bundled(name: string, code: string): Promise<string> {
  writeFileSync(join(folder, name), code)
  const result = (await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    build: { write: false, rolldownOptions: { input: join(folder, name) } },
  })) as Rolldown.RolldownOutput
  const script = result.output.find(file => file.type === 'chunk')?.code ?? ''
  return `<!doctype html><title>First</title><button id="new">New</button><script type="module">${script}</script>`
}

describe('who starts as the README says', () => {
  it('with a script tag, sees the tour, and Zapier gets the e-mail address', async () => {
    cpSync(join(folder, 'node_modules/tourhook/dist/tourhook.full.js'), join(folder, 'tourhook.full.js'))
    const html = `<!doctype html><title>First</title>${shown('Start with a script tag', 'html')}`
    const { page, arrived } = await open(html, { cors: false })
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Next|Done/ })
      .click()
    await expect.poll(() => arrived).toHaveLength(1)
    expect(arrived[0]).toMatchObject({
      url: 'https://hooks.zapier.com/hooks/catch/1/a/',
      contentType: expect.stringContaining('text/plain'),
      message: { userId: 'user_123', data: { email: 'ada@example.com' } },
    })
  })

  it('with npm, sees the first step, and the webhook gets the answers', async () => {
    const tours = readFileSync('docs/tours.md', 'utf8')
    writeFileSync(join(folder, 'tourhook.json'), /^```json\n(.*?)^```/ms.exec(tours)?.[1] ?? '')
    const own = `
      const user = { id: 'user_123', email: 'ada@example.com' }
      const show = (step, { onNext }) => {
        document.body.dataset.step = step.title ?? step.content
        run = onNext
      }
      let run
      const hide = () => { document.body.dataset.step = 'over' }
      window.next = () => run()
    `
    const code =
      own +
      shown('Start with npm', 'ts')
        .replace(/type (\w+), /, '')
        .replace(' as Config', '')
    const { page, arrived } = await open(await bundled('main.js', code), { cors: true })
    await page.waitForSelector('[data-step="Hi "]')
    await page.evaluate('next()')
    await expect.poll(() => arrived).toHaveLength(1)
    expect(arrived[0]?.message).toMatchObject({
      userId: 'user_123',
      data: { email: 'ada@example.com', from: 'https://www.example.com/' },
      events: [{ name: 'trigger_event', id: 'welcome', step: 'send' }],
    })
    await page.evaluate('next()')
    await page.waitForSelector('[data-step="over"]')
  })

  it.each([
    ['completed', '.driver-popover-next-btn'],
    ['closed', '.driver-popover-close-btn'],
  ])('with a tour they have, is sent that it was %s', async (ending, button) => {
    const heading = 'Start with a tour you have'
    const own = `
      import { createTourhook } from 'tourhook'
      import { driver } from 'driver.js'
      import 'driver.js/dist/driver.css'
      const steps = [{ element: '#new', popover: { title: 'New' } }]
      const tourhook = createTourhook(${shown(heading, 'json')})
      const made = []
      const kept = options => (made.push(driver(options)), made[0])
    `
    const code = own + shown(heading, 'ts').replace('driver({', 'kept({')
    const html = await bundled(`${ending}.js`, `${code}\nmade[0].drive()`)
    const { page, arrived } = await open(html, { cors: true })
    await page.locator(button).dispatchEvent('click')
    await expect.poll(() => arrived).toHaveLength(1)
    expect(arrived[0]?.message.events).toEqual([expect.objectContaining({ id: 'welcome', on: ending })])
  })
})
