import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import type { Browser, BrowserPage, Key } from '../browsers.ts'
import { startDisplay } from './display.ts'
import { createEvaluate } from './in-page.ts'
import { killGroup } from './kill-group.ts'
import { type Command, createSession } from './webdriver.ts'

/** WebKitGTK's MiniBrowser, which has no headless mode, on a display of its own. */
export async function launchWebkit(binary: string, profile?: string): Promise<Browser> {
  if (profile !== undefined) throw new Error('webkit: under WebDriver, MiniBrowser keeps no profile')
  const display = await startDisplay()
  const port = await freePort()
  const driver = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
    env: { ...process.env, DISPLAY: display.name },
    stdio: 'ignore',
    detached: true, // a process group of its own, the browser in it, to be killed as one
  })
  // For tests that die before they close. The browser follows its display.
  const abandon = () => driver.kill()
  process.once('exit', abandon)
  const kill = async () => {
    process.off('exit', abandon)
    await killGroup(driver)
    await display.stop()
  }
  try {
    const { command, capabilities } = await createSession(`http://127.0.0.1:${port}`, {
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': { binary, args: ['--automation'] },
    })
    const inWindow = createWindows(command)
    const first = await command<string>('GET', '/window')
    return {
      name: 'webkit',
      version: capabilities.browserVersion,
      // A window, because a tab in the background is hidden. The first one stays: with the last, the browser closes.
      async newPage() {
        const { handle } = await inWindow(first, command =>
          command<{ handle: string }>('POST', '/window/new', { type: 'window' }),
        )
        return createPage(action => inWindow(handle, action))
      },
      async close() {
        await command('DELETE', '')
        await kill()
      },
      kill,
    }
  } catch (error) {
    await kill()
    throw error
  }
}

type InWindow = <Value>(action: (command: Command) => Promise<Value>) => Promise<Value>

/** Runs one action after the other, each in its window: a session has one current window for all. */
function createWindows(command: Command) {
  let last: Promise<unknown> = Promise.resolve()
  return <Value>(handle: string, action: (command: Command) => Promise<Value>): Promise<Value> => {
    const run = async () => {
      await command('POST', '/window', { handle })
      return action(command)
    }
    const result = last.then(run, run)
    last = result
    return result
  }
}

function createPage(inWindow: InWindow): BrowserPage {
  const element = async (command: Command, selector: string) => {
    const found = await command<Record<string, string>>('POST', '/element', {
      using: 'css selector',
      value: selector,
    })
    return `/element/${Object.values(found)[0]}`
  }

  return {
    ...createEvaluate(expression =>
      inWindow(command => command('POST', '/execute/sync', { script: `return ${expression}`, args: [] })),
    ),
    errors: [],
    async goto(url) {
      await inWindow(command => command('POST', '/url', { url }))
    },
    url: () => inWindow(command => command<string>('GET', '/url')),
    async click(selector) {
      await inWindow(async command => command('POST', `${await element(command, selector)}/click`))
    },
    async type(selector, value) {
      await inWindow(async command =>
        command('POST', `${await element(command, selector)}/value`, { text: value }),
      )
    },
    async press(key) {
      await inWindow(command =>
        command('POST', '/actions', { actions: [{ type: 'key', id: 'keys', actions: strokes(key) }] }),
      )
    },
    async screenshot(path) {
      const image = await inWindow(command => command<string>('GET', '/screenshot'))
      await writeFile(path, image, 'base64')
    },
    async setOffline() {
      throw new Error('webkit: WebDriver has no command that cuts the network')
    },
    async close() {
      await inWindow(command => command('DELETE', '/window'))
    },
  }
}

/** https://www.w3.org/TR/webdriver2/#keyboard-actions */
const codes: Record<string, string> = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Escape: '\uE00C',
  Space: ' ',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
}

function strokes(key: Key) {
  const values = key.split('+').map(name => codes[name])
  return [
    ...values.map(value => ({ type: 'keyDown', value })),
    ...values.reverse().map(value => ({ type: 'keyUp', value })),
  ]
}

async function freePort(): Promise<number> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
