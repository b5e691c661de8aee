import { describe, expect, it } from 'vitest'
import { origin, startCompanion } from '../../../support/companion.ts'
import { viewerToken } from '../../../support/console.ts'
import { startOnPage, withStepOf } from '../../../support/on-page.ts'

describe('the way from the console to a page', () => {
  it('is a link with a code in its hash, which opens the page without a way back', async () => {
    const { ben, ask } = await startOnPage()
    const { html } = await ben.get('tours/crew-welcome/steps/pointer')
    expect(html).toContain('tours/crew-welcome/on-page?mode=pick&amp;step=pointer')
    expect(html).toContain('Edit on the page')
    expect(html).toContain('Try it')
    const opened = await ask(ben)
    expect(opened.status).toBe(200)
    expect(opened.html).toMatch(
      /href="https:\/\/www\.example\.com\/pricing#tourhook-edit=[\w-]{22}" target="_blank" rel="noopener noreferrer"/,
    )
    expect(opened.headers.get('cache-control')).toBe('no-store')
  })

  it('keeps the hash that a router goes by', async () => {
    const { ben, ask } = await startOnPage()
    const { html } = await ask(ben, { address: `${origin}/app#/orders/7` })
    expect(html).toMatch(/href="https:\/\/www\.example\.com\/app#\/orders\/7&amp;tourhook-edit=[\w-]{22}"/)
  })

  it('takes the place of a code that is in the address still', async () => {
    const { ben, ask, codeFor } = await startOnPage()
    const old = await codeFor(ben)
    for (const hash of [`#tourhook-edit=${old}`, `#/orders&tourhook-edit=${old}`]) {
      const { html } = await ask(ben, { address: `${origin}/app${hash}` })
      const [href = ''] = /href="https:\/\/www[^"]*"/.exec(html) ?? []
      expect(href.split('tourhook-edit=')).toHaveLength(2)
      expect(href).not.toContain(old)
    }
  })

  it('suggests the page that the tour was last worked on, or else the one that starts it', async () => {
    const { ben, ask } = await startOnPage()
    const address = async () =>
      /name="address"[^>]* value="([^"]*)"/.exec(
        (await ben.get('tours/crew-welcome/on-page?mode=try')).html,
      )?.[1]
    expect(await address()).toBe(`${origin}/`)
    const { html } = await ben.get('tours/crew-welcome')
    const rev = /name="rev" value="(\d+)"/.exec(html)?.[1] ?? ''
    await ben.post('tours/crew-welcome', { rev, name: 'Crew', starts: 'on', 'start.url': '/projects/*' })
    expect(await address()).toBe(`${origin}/projects/`)
    await ask(ben, { address: `${origin}/pricing?token=secret#access_token=secret` })
    expect(await address()).toBe(`${origin}/pricing`)
    await ask(ben, { address: `${origin}/app#/orders/7?token=secret` })
    expect(await address()).toBe(`${origin}/app#/orders/7`)
  })

  it.each([
    ['pricing', 'Expected the whole address of a page'],
    ['javascript:alert(1)', 'Expected the whole address of a page'],
    ['ftp://www.example.com/', 'Expected the whole address of a page'],
    ['https://ada:secret@www.example.com/', 'Leave out the name and the password'],
    ['https://evil.example/', 'https://evil.example may not call the companion: add it to allowedOrigins'],
    ['https://www.example.com.evil.example/', 'may not call the companion'],
  ])('goes to no page like %s, and says why', async (address, reason) => {
    const { ben, ask } = await startOnPage()
    const { status, html } = await ask(ben, { address })
    expect(status).toBe(422)
    expect(html).toContain(reason)
    expect(html).not.toContain('tourhook-edit=')
  })

  it('is not there for a viewer, and not for what stands in the config file, but to try it', async () => {
    const { ask, signIn, ben } = await startOnPage({
      config: () => ({ tours: [{ id: 'fixed', steps: [{ id: 'hello', type: 'modal' }] }] }),
    })
    const vera = await signIn(viewerToken)
    expect((await ask(vera)).status).toBe(403)
    expect((await vera.get('tours/crew-welcome/steps/pointer')).html).not.toContain('on-page')
    const { html } = await ben.get('tours/fixed/steps/hello')
    expect(html).toContain('on-page?mode=try')
    expect(html).not.toContain('mode=edit')
    const answer = await ben.post('tours/fixed/on-page', { mode: 'edit', address: origin })
    expect(answer.status).toBe(409)
  })
})

describe('the editor on a page', () => {
  it('gets a token for its code, and with it the draft, without any address or secret', async () => {
    const { codeFor, redeem, asking, ben, clock, receiver } = await startOnPage()
    const { status, json, headers } = await redeem(await codeFor(ben))
    expect(status).toBe(200)
    expect(json).toEqual({
      token: expect.stringMatching(/^[\w-]{43}$/),
      expiresAt: clock.now() + 30 * 60_000,
      tour: 'crew-welcome',
      step: 'pointer',
      mode: 'edit',
    })
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('access-control-allow-origin')).toBe(origin)
    expect(headers.get('access-control-allow-credentials')).toBeNull()

    const draft = await asking(json.token).draft()
    expect(draft.json).toEqual({
      id: 'crew-welcome',
      rev: 2,
      draft: {
        id: 'crew-welcome',
        name: 'Crew welcome',
        steps: [
          { id: 'hello', type: 'modal', title: 'Hello, {firstName}' },
          { id: 'pointer', type: 'pointer' },
        ],
      },
      step: 'pointer',
      mode: 'edit',
      isLocked: false,
      webhooks: [{ id: 'crm', name: 'CRM', origin: receiver.url('').replace(/\/$/, '') }],
      person: { name: 'Ben' },
      expiresAt: json.expiresAt,
    })
    expect(draft.text).not.toContain('secret-path')
  })

  it('saves a change, which is in the console at once, with who did it and from where', async () => {
    const { open, owner } = await startOnPage()
    const page = await open()
    const { rev, draft } = (await page.draft()).json
    const saved = await page.save(rev, withStepOf(draft, 'pointer', { element: '#new', content: 'Here.' }))
    expect(saved).toMatchObject({
      status: 200,
      json: { rev: rev + 1, draft: { steps: [{}, { id: 'pointer', element: '#new', content: 'Here.' }] } },
    })
    expect((await owner.get('tours/crew-welcome/steps/pointer')).html).toContain('#new')
    const { html } = await owner.get('settings/audit')
    expect(html).toMatch(/Ben<\/span> changed it[\s\S]*?author, by the page/)
    expect(html).toContain('edits it on the page')
  })

  it('changes nothing that was not changed', async () => {
    const { open, emitter } = await startOnPage()
    const page = await open()
    const { rev, draft } = (await page.draft()).json
    expect((await page.save(rev, draft)).json.rev).toBe(rev)
    const actions = (await emitter.console.audit({ limit: 1 })).map(({ action }) => action)
    expect(actions).toEqual(['edits it on the page'])
  })

  it('may read without naming its origin where the companion is beside the page, as browsers do', async () => {
    const site = 'http://companion.test'
    const { ben, codeFor, redeem, companion } = await startOnPage({ allowedOrigins: [origin, site] })
    const { token } = (await redeem(await codeFor(ben, { address: `${site}/app` }), site)).json
    const read = async (headers: Record<string, string>) => {
      const request = new Request(`${site}/v1/edit/draft`, {
        headers: { authorization: `Bearer ${token}`, ...headers },
      })
      return (await companion.fetch(request)).status
    }
    expect(await read({ 'sec-fetch-site': 'same-origin' })).toBe(200)
    expect(await read({ 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await read({})).toBe(403)
    // Behind a proxy that takes https and the host's name away.
    const behind = { 'sec-fetch-site': 'same-origin', 'x-forwarded-host': 'other.test' }
    expect(await read(behind)).toBe(403)
    expect(await read({ ...behind, 'x-forwarded-host': 'companion.test' })).toBe(200)
  })

  it('ends its session itself', async () => {
    const { open } = await startOnPage()
    const page = await open()
    expect((await page.call('DELETE', '/v1/edit/session')).status).toBe(204)
    expect((await page.draft()).status).toBe(401)
  })

  it('lasts half an hour after each use, and eight hours at most', async () => {
    const { open, clock } = await startOnPage()
    const [page, idle] = [await open(), await open()]
    const from = clock.now()
    const minutes = 60_000
    for (let passed = 0; passed < 8 * 60; passed += 20) {
      expect((await page.draft()).status).toBe(200)
      clock.wind(20 * minutes)
      if (passed === 0) expect((await idle.draft()).json.expiresAt).toBe(from + 50 * minutes)
    }
    const { status, json } = await page.draft()
    expect([status, json.error.code]).toEqual([401, 'signed_out'])
    expect((await idle.draft()).status).toBe(401)
  })
})

describe('preflights of the editor', () => {
  it('are answered for the site’s pages alone', async () => {
    const { page } = await startOnPage()
    const asked = {
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'authorization,content-type',
    }
    const { status, headers } = await page('OPTIONS', '/v1/edit/draft', undefined, asked)
    expect(status).toBe(204)
    expect(headers.get('access-control-allow-methods')).toBe('GET, PUT, POST, DELETE')
    expect(headers.get('access-control-allow-headers')).toBe('authorization,content-type')
    const other = await page('OPTIONS', '/v1/edit/draft', undefined, {
      ...asked,
      origin: 'https://evil.example',
    })
    expect(other.status).toBe(403)
    expect(other.headers.get('access-control-allow-origin')).toBeNull()
  })

  it('find nothing where nobody may use a console', async () => {
    const { page } = await startCompanion({ adminToken: undefined })
    expect((await page('POST', '/v1/edit/session', { code: 'x' })).status).toBe(404)
  })
})
