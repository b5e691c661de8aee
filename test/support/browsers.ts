import { launchChromium } from './browsers/chromium.ts'
import { executableOf, findOrInstall } from './browsers/find.ts'
import { launchFirefox } from './browsers/firefox.ts'
import { launchWebkit } from './browsers/webkit.ts'

export { findOrInstall }

export type BrowserName = 'chromium' | 'firefox' | 'webkit'

/** Keys that have no character; `Shift+Tab` holds Shift down meanwhile. */
export type Key =
  | 'Enter'
  | 'Tab'
  | 'Shift+Tab'
  | 'Escape'
  | 'Space'
  | 'Backspace'
  | 'Home'
  | 'End'
  | 'ArrowLeft'
  | 'ArrowRight'
  | 'ArrowUp'
  | 'ArrowDown'

export interface Browser {
  name: BrowserName
  version: string
  /** A new page, visible as all of them are. The pages of one browser share their storage. */
  newPage(): Promise<BrowserPage>
  close(): Promise<void>
  /** SIGKILL for the browser and all its processes: no page gets to say goodbye. */
  kill(): Promise<void>
}

export interface BrowserPage {
  /** Resolves when the page has loaded. */
  goto(url: string): Promise<void>
  url(): Promise<string>
  /**
   * What `fn` returns in the page; a promise is awaited. `fn` travels as its source, so it sees nothing around it,
   * and arguments and result travel as JSON.
   */
  evaluate<Args extends unknown[], Result>(
    fn: (...args: Args) => Result,
    ...args: Args
  ): Promise<Awaited<Result>>
  /** The first truthy value of `fn`, also across navigations. Rejects after 10 s, naming `fn` and its last fault. */
  waitFor<Args extends unknown[], Result>(
    fn: (...args: Args) => Result,
    ...args: Args
  ): Promise<Awaited<Result>>
  /** A real click on the middle of the element, which must be visible. */
  click(selector: string): Promise<void>
  /** Focuses the element and presses a key a character. */
  type(selector: string, text: string): Promise<void>
  press(key: Key): Promise<void>
  /** Writes a PNG. */
  screenshot(path: string): Promise<void>
  /** Cuts or mends the browser's network. Throws in WebKit, which has no such command. */
  setOffline(offline: boolean): Promise<void>
  /**
   * Closes the page as a visitor does: `pagehide` listeners run. Firefox stops them at their first loop or so when
   * the page was the last of its process (its preference dom.abort_script_on_child_shutdown).
   */
  close(): Promise<void>
  /** Uncaught errors and `console.error`s so far. Always empty in WebKit, which does not tell. */
  readonly errors: readonly string[]
}

export interface LaunchOptions {
  /** A folder to keep its storage in, so that a killed browser can start again where it was. */
  profile?: string
  /**
   * As visitors have it, with its back/forward cache: where a test is about what the browser itself does with a page.
   * Firefox and WebKit always are; so is a browser with a profile. @default false
   */
  whole?: boolean
}

/** Starts a browser without a window, installing it first if it is missing. */
export async function launchBrowser(name: BrowserName, options: LaunchOptions = {}): Promise<Browser> {
  if (name === 'chromium') return launchChromium(options)
  const launch = { firefox: launchFirefox, webkit: launchWebkit }[name]
  return launch(await executableOf(name), options.profile)
}
