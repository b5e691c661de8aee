import { describe, expect, it } from 'vitest'
import { adminToken } from '../../support/companion.ts'
import { startConsole } from '../../support/console.ts'
import { namedOwnerToken, startOneTextConsole } from '../../support/one-text-console.ts'

const hostile = `"'></textarea></title></script><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}`

describe('every page', () => {
  it('shows a text as text, whatever it says and wherever it stands', async () => {
    const { owner, pages } = await startOneTextConsole({ id: hostile, text: hostile })
    const shown: string[] = []
    for (const path of pages) {
      const { status, html, headers } = await owner.get(path)
      expect(status, path).toBeLessThan(500)
      expect(headers.get('content-security-policy'), path).toContain("default-src 'none'")
      if (!headers.get('content-type')?.startsWith('text/html')) continue
      if (html.includes('&lt;script&gt;alert(1)')) shown.push(path)
      // No tag, and no attribute, begins or ends where the text says so; data for a script holds no `<` at all.
      const elements = html.replaceAll(/<script type="application\/json"[^>]*>[^<]*<\/script>/g, '')
      expect(elements, path).not.toMatch(/<script>|<img|onerror=alert\(2\)>|["']><\/textarea>/)
      expect(elements, path).not.toMatch(/\son\w+="|\sstyle="|javascript:/)
    }
    // Those that show nothing of it are few: what stands in no config is not found.
    expect(shown.length).toBeGreaterThan(pages.length * 0.6)
  })

  it('of the API is JSON, which no browser takes for a page', async () => {
    const { page, routes } = await startOneTextConsole({ id: hostile, text: hostile })
    for (const path of routes) {
      const bearer = { authorization: `Bearer ${namedOwnerToken}` }
      const { status, headers } = await page('GET', `/v1/admin/${path}`, undefined, bearer)
      expect(status, path).toBeLessThan(500)
      expect(headers.get('content-type'), path).toMatch(/^application\/json/)
      expect(headers.get('x-content-type-options'), path).toBe('nosniff')
    }
  })

  it('weighs at most 60 kB, however long the values are', async () => {
    const { owner, pages } = await startOneTextConsole({ id: 'x'.repeat(200), text: 'Füllwort '.repeat(150) })
    const heavy: string[] = []
    for (const path of pages.filter(path => !path.endsWith('json'))) {
      const { html } = await owner.get(path)
      const size = Buffer.byteLength(html)
      if (size > 60_000) heavy.push(`${decodeURIComponent(path).replaceAll(/x+/g, 'x').slice(0, 60)}: ${size}`)
    }
    expect(heavy).toEqual([])
  })

  it('takes a place in the log that somebody has made up for none, and the API says what it expected', async () => {
    const { signIn, page } = await startConsole()
    const owner = await signIn()
    const bearer = { authorization: `Bearer ${adminToken}` }
    for (const cursor of ['1_x', '1_%25:b', '1_a%3Ab', 'x']) {
      expect((await owner.get(`deliveries?cursor=${cursor}`)).status, cursor).toBe(200)
      const { status, json } = await page('GET', `/v1/admin/deliveries?cursor=${cursor}`, undefined, bearer)
      expect([200, 422], cursor).toContain(status)
      if (status === 422) expect(json.error).toMatchObject({ code: 'invalid', path: 'cursor' })
    }
  })
})
