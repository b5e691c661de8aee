import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { chromium, type Page } from 'playwright-core'
import { startDemo } from '../../examples/demo/demo.ts'
import { findOrInstall } from './browsers.ts'
import { activityOf } from './companion.ts'
import { createSite } from './site.ts'

// A stranger's first hour as pictures: the demo, a mistake in the debug panel, and the terminals of
// `tourhook listen` and `tourhook serve --dev`, as the README and docs/server.md have them typed.

const folder = 'screenshots/first-hour'
const sizes = {
  wide: { width: 1440, height: 900 },
  narrow: { width: 390, height: 844 },
  // Small enough to be read in a page of text: the size of those in docs/pictures.
  docs: { width: 900, height: 780 },
}

const withMistakes = `<!doctype html><meta name="viewport" content="width=device-width"><title>Sites</title>
  <style>body { font: 16px/1.5 system-ui; margin: 40px; color: #223 }
    @media (min-width: 800px) { body { margin-inline-start: 520px } } button { font: inherit; padding: 8px 14px }</style>
  <h1>Your sites</h1><p>Three sites are visited this week.</p><button id="new">New visit</button>
  <script type="application/json" id="tourhook-config">{
    "webhooks": [{ "id": "crm", "url": "https://hooks.example.com/lead", "methd": "PUT" }],
    "tours": [{
      "id": "welcome", "start": { "url": "/*" },
      "steps": [
        { "type": "pointer", "element": "#new", "title": "Plan a visit", "fields": [{ "name": "role", "label": "What you do" }] },
        { "type": "trigger", "trigger": { "type": "webhook", "webhook": "cmr", "data": { "role": { "answer": "roel" } } } }
      ]
    }]
  }</script>
  <script src="/dist/tourhook.debug.js" data-consent="true"></script>`

const config = {
  webhooks: [
    {
      id: 'crm',
      name: 'CRM lead',
      url: 'http://localhost:9090/lead',
      secret: `whsec_${Buffer.alloc(24, 7).toString('base64')}`,
      events: ['tour_completed'],
      data: { email: { tag: 'email' }, plan: { tag: 'plan' } },
    },
    { id: 'chat', name: 'Chat', url: 'http://localhost:9090/chat', events: ['checklist_completed'] },
  ],
  tours: [{ id: 'welcome', name: 'Welcome', steps: [{ type: 'modal', title: 'Welcome' }] }],
}

await mkdir(folder, { recursive: true })
const executablePath = await findOrInstall('chromium')
const browser = await chromium.launch({ executablePath })
const demo = await startDemo({ port: 0 })
const site = await createSite({ pages: { '/': withMistakes } })
const terminals = await typeTheCompanionsCommands()
const pictures: Record<string, (page: Page) => Promise<unknown>> = {
  async demo(page) {
    await page.goto(demo.site)
    await page.frameLocator('#product').locator('html[data-drawn]').waitFor()
  },
  async mistakes(page) {
    await page.goto(site.url())
    await page.getByText('Tourhook: 3 problems, 1 warning').waitFor()
    await page.getByRole('dialog').waitFor()
  },
  listen: page => page.setContent(terminal('tourhook listen', terminals.listen)),
  serve: page => page.setContent(terminal('tourhook serve --dev', terminals.serve)),
}
for (const [size, viewport] of Object.entries(sizes)) {
  for (const [name, draw] of Object.entries(pictures)) {
    const page = await browser.newPage({ viewport })
    await draw(page)
    // A terminal is as high as its text.
    const drawn = name in terminals ? page.locator('body') : page
    await drawn.screenshot({ path: `${folder}/${name}-${size}.png`, animations: 'disabled' })
    await page.close()
  }
}
await browser.close()
await demo.close()
await site.close()

/** Runs them in an empty folder, tells the companion of a visitor, and returns what each has written. */
async function typeTheCompanionsCommands() {
  const cwd = await mkdtemp(join(tmpdir(), 'tourhook-first-hour-'))
  await writeFile(join(cwd, 'tourhook.json'), JSON.stringify(config, null, 2))
  const listen = typed('listen', cwd)
  await listen.until(/Waiting for webhooks/)
  const serve = typed('serve --dev', cwd)
  await serve.until(/companion is at/)
  const activity = activityOf({
    userId: 'user_123',
    tags: { email: 'ada@example.com', plan: 'pro' },
    events: [{ name: 'tour_completed', id: 'welcome' }],
  })
  const response = await fetch('http://127.0.0.1:8787/v1/events', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'https://www.example.com' },
    body: JSON.stringify(activity),
  })
  if (!response.ok) throw new Error(await response.text())
  await listen.until(/tour_completed/)
  await serve.until(/✓ crm/)
  const written = { listen: listen.text(), serve: serve.text() }
  await Promise.all([listen.stop(), serve.stop()])
  await rm(cwd, { recursive: true })
  return written
}

function typed(command: string, cwd: string) {
  const cli = new URL('../../dist/cli.js', import.meta.url).pathname
  const child = spawn(process.execPath, [cli, ...command.split(' ')], {
    cwd,
    env: { ...process.env, FORCE_COLOR: '1' },
  })
  let text = ''
  const ended = new Promise(resolve => child.once('close', resolve))
  const heard = new Promise<never>((_, reject) => child.once('close', () => reject(new Error(text))))
  heard.catch(() => {})
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (text += chunk))
  return {
    text: () => text,
    async until(pattern: RegExp) {
      while (!pattern.test(stripVTControlCharacters(text))) {
        await Promise.race([new Promise(resolve => child.stdout.once('data', resolve)), heard])
      }
    },
    stop() {
      child.kill()
      return ended
    },
  }
}

/** A terminal's window, with the colours that the commands use. */
function terminal(command: string, output: string): string {
  const colours: Record<string, string> = { 1: 'b', 2: 'dim', 31: 'red', 32: 'green', 33: 'yellow' }
  const html = output
    .replace(/[&<]/g, char => (char === '&' ? '&amp;' : '&lt;'))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's colours are such
    .replace(/\u001b\[(\d+)m/g, (_, code) => (colours[code] ? `<span class="${colours[code]}">` : '</span>'))
  return `<!doctype html><meta name="viewport" content="width=device-width"><style>
    body { margin: 0; background: #e7eaf0; padding: min(40px, 3vw) }
    pre { background: #10151f; color: #d8dee9; font: 14px/1.5 ui-monospace, monospace; padding: 20px 24px; margin: 0;
      border-radius: 10px; white-space: pre-wrap; overflow-wrap: anywhere }
    .b { font-weight: 700 } .dim { color: #8a94a6 } .red { color: #ff8f8f } .green { color: #8fdc9a } .yellow { color: #f2d06b }
  </style><pre><span class="dim">$</span> npx ${command}\n${html}</pre>`
}
