import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { sharedChromium } from '../../support/browsers/shared-chromium.ts'
import { type Pick, survivalOf, survivalTable } from '../../support/survival.ts'

let picks: Pick[]

beforeAll(async () => {
  picks = await survivalOf(await sharedChromium())
})

const by = (maker: Pick['maker']) => picks.filter(pick => pick.maker === maker)
const finds = (maker: Pick['maker']) => by(maker).filter(({ found }) => found === 'same').length

describe('the selectors of ten kinds of pages, in their next build', () => {
  it('find the same elements, or have said that they may not', () => {
    expect(by('tourhook').length).toBeGreaterThanOrEqual(200)
    expect(by('tourhook').filter(({ found, isFragile }) => found !== 'same' && !isFragile)).toEqual([])
  })

  it('find more than those of finder and of css-selector-generator', () => {
    expect(finds('tourhook')).toBeGreaterThan(1.5 * finds('finder'))
    expect(finds('tourhook')).toBeGreaterThan(1.5 * finds('css-selector-generator'))
  })

  it('find as many as the documentation says', () => {
    // However the formatter has aligned its columns.
    const tidy = (text: string) => text.replace(/ +/g, ' ').replace(/-{3,}/g, '---')
    expect(tidy(readFileSync('docs/editor.md', 'utf8'))).toContain(tidy(survivalTable(picks)))
  })
})
