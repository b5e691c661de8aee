import { join } from 'node:path'
import { build } from 'esbuild'
import type { Browser } from 'playwright-core'
import { table } from '../bench/table.ts'
import type { InPage } from '../browser/edit/pages/in-page.ts'
import { builtPage, pageKinds } from './page-kinds.ts'
import { createSite } from './site.ts'

declare global {
  interface Window {
    inPage: InPage
  }
}

export const selectorMakers = ['tourhook', 'finder', 'css-selector-generator'] as const
type Maker = (typeof selectorMakers)[number]

export interface Pick {
  page: string
  name: string
  maker: Maker
  selector: string | undefined
  /** Whether the maker has said that the next build may lose it. */
  isFragile: boolean
  /** How long the maker took. */
  ms: number
  /** What a step finds by it in the next build. */
  found: 'same' | 'another' | 'none'
}

/** Picks elements on ten kinds of pages, builds each page anew, and tells what the selectors find then. */
export async function survivalOf(browser: Browser): Promise<Pick[]> {
  const [inPage, ...built] = await Promise.all([
    inPageScript(),
    ...pageKinds.map(async kind => ({
      name: kind.name,
      before: await builtPage(kind, 1, ['/in-page.js']),
      after: await builtPage(kind, 2, ['/in-page.js']),
    })),
  ])
  const pages = Object.assign({}, ...built.flatMap(({ before, after }) => [before, after]))
  const script = { html: inPage, headers: { 'content-type': 'text/javascript' } }
  const site = await createSite({ pages: { ...pages, '/in-page.js': script } })
  const page = await browser.newPage()
  const picks: Pick[] = []
  for (const { name, before, after } of built) {
    await page.goto(site.url(Object.keys(before)[0]))
    const chosen = await page.evaluate(
      makers => makers.map(maker => window.inPage.choose(maker)),
      [...selectorMakers],
    )
    if (Object.keys(chosen[0] ?? {}).length === 0) throw new Error(`nothing was picked on the page "${name}"`)
    await page.goto(site.url(Object.keys(after)[0]))
    for (const [index, maker] of selectorMakers.entries()) {
      const choices = chosen[index] ?? {}
      const selectors = Object.fromEntries(
        Object.keys(choices).map(pick => [pick, choices[pick]?.chosen?.selector ?? '']),
      )
      const found = await page.evaluate(given => window.inPage.find(given), selectors)
      for (const [pick, result] of Object.entries(found)) {
        if (result === 'gone') throw new Error(`"${pick}" is not on the rebuilt page "${name}"`)
        const { chosen: choice, ms = 0 } = choices[pick] ?? {}
        const { selector, isFragile = false } = choice ?? {}
        picks.push({ page: name, name: pick, maker, selector, isFragile, ms, found: result })
      }
    }
  }
  await page.close()
  await site.close()
  return picks
}

async function inPageScript(): Promise<string> {
  const entry = join(import.meta.dirname, '../browser/edit/pages/in-page.ts')
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, format: 'iife' })
  return outputFiles[0]?.text ?? ''
}

/** How many of the picks each maker's selectors find in the next build, by kind of page and in all. */
export function survivalTable(picks: readonly Pick[]): string {
  const pages = [...new Set(picks.map(({ page }) => page))]
  const shareOf = (some: Pick[], of: Pick[]) =>
    `${some.length} (${Math.round((100 * some.length) / of.length)} %)`
  const row = (title: string, of: readonly Pick[]) => {
    const by = (maker: Maker) => of.filter(pick => pick.maker === maker)
    const same = (maker: Maker) => by(maker).filter(({ found }) => found === 'same')
    const lost = by('tourhook').filter(({ found }) => found !== 'same')
    return [
      title,
      by('tourhook').length,
      ...selectorMakers.map(maker => shareOf(same(maker), by(maker))),
      `${lost.filter(({ isFragile }) => isFragile).length} of ${lost.length}`,
    ]
  }
  const head = [
    'the page',
    'picks',
    ...selectorMakers.map(maker => `${maker} finds`),
    'tourhook’s losses foretold',
  ]
  return table(head, [
    ...pages.map(page =>
      row(
        page,
        picks.filter(pick => pick.page === page),
      ),
    ),
    row('**all**', picks),
  ])
}
