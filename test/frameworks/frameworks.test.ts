import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { findOrInstall } from '../support/browsers.ts'
import { adminToken } from '../support/companion.ts'

const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'tourhook-frameworks-'))
const servers: ChildProcess[] = []
let tarball: string
let browser: Browser

beforeAll(async () => {
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder])
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }]
  tarball = join(folder, filename)
  browser = await chromium.launch({ executablePath: await findOrInstall('chromium') })
}, 120_000)

afterAll(async () => {
  for (const server of servers) server.kill()
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
}, 120_000)

/** How each serves what it has built: a command, or the folder of a single page. */
const examples: Record<string, { serve: (port: number) => string[] } | { page: string }> = {
  next: { serve: port => ['node_modules/next/dist/bin/next', 'start', '--port', String(port)] },
  nuxt: { serve: () => ['.output/server/index.mjs'] },
  sveltekit: { serve: () => ['build/index.js'] },
  angular: { page: 'dist/browser' },
}

describe.each(Object.entries(examples))('the example in %s', (name, how) => {
  const place = join(folder, name)
  let url: string

  beforeAll(async () => {
    cpSync(join('examples', name), place, { recursive: true })
    if (name === 'next') addNextApp(place)
    const manifest = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'))
    manifest.dependencies.tourhook = `file:${tarball}`
    writeFileSync(join(place, 'package.json'), JSON.stringify(manifest))
    const env = { ...process.env, CI: '1', NEXT_TELEMETRY_DISABLED: '1', NG_CLI_ANALYTICS: 'false' }
    const options = { cwd: place, env, maxBuffer: 64_000_000 }
    await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], options)
    await run('npm', ['run', 'build'], options)
    url = 'page' in how ? await servePage(join(place, how.page)) : await serve(place, how.serve)
  }, 600_000)

  it('is rendered on the server, draws the tour, and draws it again after another page', async () => {
    const page = await browser.newPage()
    const faults: string[] = []
    page.on('pageerror', error => faults.push(String(error)))
    const arrived: { userId: string; data: object }[] = []
    const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'content-type' }
    await page.route('http://localhost:9090/**', route => {
      if (route.request().method() === 'POST') arrived.push(route.request().postDataJSON())
      return route.fulfill({ headers })
    })
    await page.goto(url)
    await page.getByRole('heading', { name: 'Hi Ada' }).waitFor()

    await page.getByRole('link', { name: 'Other' }).click()
    await page.getByRole('heading', { name: 'Other' }).waitFor()
    await page.getByRole('link', { name: 'Home' }).click()
    await page.getByRole('heading', { name: 'Hi Ada' }).waitFor()

    await page.getByRole('textbox').fill('Developer')
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('heading', { name: 'Thank you' }).waitFor()
    await expect.poll(() => arrived).toHaveLength(1)
    expect(arrived[0]).toMatchObject({ userId: 'user_123', data: { role: 'Developer', at: '/' } })
    expect(faults).toEqual([])
  })

  if (name === 'next') {
    it('hydrates a page that the renderer draws on, without a fault and with what the server wrote', async () => {
      const page = await browser.newPage()
      const faults: string[] = []
      page.on('pageerror', error => faults.push(String(error)))
      page.on('console', message => {
        const isIcon = message.location().url.endsWith('/favicon.ico')
        if (message.type() === 'error' && !isIcon) faults.push(message.text())
      })
      await page.addInitScript(() => {
        document.addEventListener('DOMContentLoaded', () =>
          Object.assign(window, { written: document.querySelector('#count') }),
        )
      })
      await page.goto(`${url}rendered`)
      await page.getByRole('dialog', { name: 'Press here' }).waitFor()

      await page.locator('#count').click()
      await page.getByText('Pressed 1 times').waitFor()
      const isKept = () => Reflect.get(window, 'written') === document.querySelector('#count')
      expect(await page.evaluate(isKept)).toBe(true)
      await page.getByRole('button', { name: 'Next' }).click()
      await page.getByRole('dialog', { name: 'Counted' }).waitFor()
      expect(faults).toEqual([])
    })

    it('mounts the console in a route handler: what an author writes there is drawn, published and served', async () => {
      const page = await browser.newPage()
      const faults: string[] = []
      page.on('pageerror', error => faults.push(String(error)))
      page.on('console', message => message.type() === 'error' && faults.push(message.text()))
      const companion = `${url}api/tourhook/`
      await page.goto(`${companion}console`)
      await page.getByLabel('Token').fill(adminToken)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()

      await page.getByRole('link', { name: 'Tours' }).click()
      await page.getByPlaceholder('Name of the new tour').fill('Crew')
      await page.getByRole('button', { name: 'New tour' }).click()
      await page.getByLabel('Title').fill('Good morning')
      await page.getByRole('button', { name: 'Save' }).click()
      const stage = page.frameLocator('iframe[title="What visitors see"]')
      await stage.getByRole('dialog', { name: 'Good morning' }).waitFor()
      await page.getByRole('link', { name: /^Publish/ }).click()
      await page.getByRole('button', { name: 'Publish' }).click()
      await page.getByText('Everything is published').first().waitFor()

      const published = await (await fetch(`${companion}v1/config.json`)).json()
      expect(published.tours).toMatchObject([{ id: 'crew', steps: [{ title: 'Good morning' }] }])
      expect((await fetch(`${companion}v1/tourhook.edit.js`)).status).toBe(200)
      expect(new URL(page.url()).pathname).toBe('/api/tourhook/console/publish')
      expect(faults).toEqual([])
    })
  }
})

/** A page with the script tag, and the script beside it; a route handler with the companion. */
function addNextApp(place: string): void {
  cpSync('test/frameworks/next-app', join(place, 'app'), { recursive: true })
  mkdirSync(join(place, 'public'), { recursive: true })
  cpSync('dist/tourhook.full.js', join(place, 'public/tourhook.full.js'))
}

async function freePort(): Promise<number> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}

/** Starts what a framework has built; resolves once it answers. */
async function serve(cwd: string, argumentsOf: (port: number) => string[]): Promise<string> {
  const port = await freePort()
  const env = {
    ...process.env,
    PORT: String(port),
    HOST: '127.0.0.1',
    NODE_ENV: 'production',
    TOURHOOK_ADMIN_TOKEN: adminToken,
  }
  const server = spawn(process.execPath, argumentsOf(port), { cwd, env, stdio: 'inherit' })
  servers.push(server)
  const url = `http://127.0.0.1:${port}/`
  await vi.waitFor(async () => expect((await fetch(url)).status).toBe(200), { timeout: 30_000, interval: 200 })
  return url
}

/** Serves a single-page app: its files, and its page for every other path. */
async function servePage(root: string): Promise<string> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://page')
    const isScript = pathname.endsWith('.js')
    response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' })
    response.end(readFileSync(join(root, isScript ? pathname : 'index.html')))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}
