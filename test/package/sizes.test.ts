import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { importSizesIn, withImportSizes } from '../support/import-sizes.ts'
import { scriptSizes, sizesIn, withSizes } from '../support/sizes.ts'

const { sizes: budgets } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  sizes: Record<string, number>
}

describe('the sizes', () => {
  it.each(Object.entries(budgets))('of %s stay within %i B', (file, budget) => {
    expect(scriptSizes(file).brotli).toBeLessThanOrEqual(budget)
  })

  it.each(sizesIn)('are what %s says; `npm run sizes` writes them', page => {
    const text = readFileSync(page, 'utf8')
    expect(text).toBe(withSizes(text))
    expect(text).toMatch(/dist\/tourhook|kB for the script tag/)
  })
})

describe('what an import adds', () => {
  it('is what the page on frameworks says', { timeout: 60_000 }, async () => {
    const text = readFileSync(importSizesIn, 'utf8')
    // The formatter pads the table's cells.
    const plain = (text: string) => text.replaceAll(/ {2,}/g, ' ')
    expect(plain(text)).toBe(plain(await withImportSizes(text)))
  })
})
