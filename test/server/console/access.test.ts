import { describe, expect, it } from 'vitest'
import { adminToken } from '../../support/companion.ts'
import { authorToken, formIn, startConsole, viewerToken } from '../../support/console.ts'
import { handWoundClock } from '../support/clock.ts'

describe('the console’s door', () => {
  it('is not there when nobody could come in', async () => {
    const { request } = await startConsole({ adminToken: undefined, console: undefined })
    expect(await request('/console')).toMatchObject({ status: 404 })
    expect(await request('/console/sign-in')).toMatchObject({ status: 404 })
  })

  it('asks for a token, and lets in who has one, whatever it is mounted under', async () => {
    const { request } = await startConsole({ basePath: '/api/tourhook' })
    const first = await request('/api/tourhook/console')
    expect(first).toMatchObject({ status: 302, location: '/api/tourhook/console/sign-in' })
    const page = await request('/api/tourhook/console/sign-in')
    expect(page.html).toContain('<label for="f-token">Token</label>')
    const { status, location, headers } = await request('/api/tourhook/console/sign-in', {
      form: { token: adminToken },
    })
    expect({ status, location }).toEqual({ status: 303, location: '/api/tourhook/console/overview' })
    const [cookie = '', ...attributes] = (headers.get('set-cookie') ?? '').split('; ')
    expect(attributes).toEqual(['Max-Age=43200', 'HttpOnly', 'SameSite=Strict'])
    const overview = await request('/api/tourhook/console', { cookie })
    expect(overview.location).toBe('/api/tourhook/console/overview')
    expect(await request('/api/tourhook/console/overview', { cookie })).toMatchObject({ status: 200 })
  })

  it('refuses 1,000 wrong tokens, and soon does not even look at them', async () => {
    const { request } = await startConsole()
    const statuses: number[] = []
    for (let index = 0; index < 1_000; index += 1) {
      statuses.push((await request('/console/sign-in', { form: { token: `wrong-${index}` } })).status)
    }
    expect(new Set(statuses)).toEqual(new Set([401, 429]))
    expect(statuses.filter(status => status === 401).length).toBeLessThanOrEqual(10)
    expect((await request('/console/sign-in', { form: { token: adminToken } })).status).toBe(429)
  })

  it('counts wrong tokens by time that passes, not by the wall clock', async () => {
    const clock = handWoundClock()
    const { request } = await startConsole({ clock })
    const guess = async () => (await request('/console/sign-in', { form: { token: 'wrong' } })).status
    for (let index = 0; index < 10; index += 1) await guess()
    clock.putRight(3_600_000)
    expect(await guess()).toBe(429)
    clock.wind(60_000)
    expect(await guess()).toBe(401)
  })

  it('ends a session for good when somebody signs out, also for who has kept the cookie', async () => {
    const { signIn } = await startConsole()
    const owner = await signIn()
    expect((await owner.get('overview')).status).toBe(200)
    await owner.post('sign-out')
    expect(await owner.get('overview')).toMatchObject({ status: 302, location: '/console/sign-in' })
    expect((await owner.post('tours', { name: 'Late' })).status).toBe(401)
  })

  it('lets an owner end another’s session', async () => {
    const { signIn } = await startConsole()
    const [owner, ben] = [await signIn(), await signIn(authorToken)]
    const { html } = await owner.get('settings/people')
    const session =
      /End Ben’s session/.test(html) &&
      /name="session" value="([^"]+)"(?:(?!name="session")[\s\S])*End Ben’s session/.exec(html)?.[1]
    expect((await owner.post('settings/people/end', { session: String(session) })).status).toBe(303)
    expect((await ben.get('overview')).status).toBe(302)
    expect((await owner.get('overview')).status).toBe(200)
  })

  it.each(['', 'short'])('takes nobody whose token is no secret: "%s"', async token => {
    const admins = [{ name: 'Ben', token, role: 'author' as const }]
    await expect(startConsole({ console: { admins } })).rejects.toThrow(
      "console.admins: Ben's token: expected at least 32 characters",
    )
  })

  it('goes by the host’s own sign-in where there is one', async () => {
    const { request } = await startConsole({
      adminToken: undefined,
      console: {
        authorize: ({ headers }) => {
          const name = headers.get('x-user')
          return name === null ? undefined : { name, role: 'viewer' }
        },
      },
    })
    expect((await request('/console/overview')).status).toBe(403)
    const page = await request('/console/overview', { headers: { 'x-user': 'Ada' } })
    expect(page.status).toBe(200)
    expect(page.html).toContain('<b>Ada</b>viewer')
  })

  it.each([
    ['without origin', { origin: '' }],
    ['from another site', { origin: 'https://evil.example' }],
    ['from a sibling site', { origin: 'https://evil.example', 'sec-fetch-site': 'same-site' }],
    ['of no origin', { origin: 'null' }],
  ])('refuses a form %s, whoever is signed in', async (_, headers) => {
    const { signIn, emitter } = await startConsole()
    const owner = await signIn()
    const { origin, ...others } = headers as Record<string, string>
    const answer = await owner.post('tours', { name: 'Stolen' }, { ...others, origin: origin ?? '' })
    expect(answer.status).toBe(403)
    expect(await emitter.console.documents()).toEqual([])
  })

  it.each([
    ['that ends TLS', { origin: 'https://companion.test', 'x-forwarded-proto': 'https' }],
    [
      'that changes the host',
      {
        origin: 'https://tours.example.com',
        'x-forwarded-host': 'tours.example.com',
        'x-forwarded-proto': 'https',
      },
    ],
    [
      'behind another one',
      {
        origin: 'http://tours.example.com:8080',
        'x-forwarded-host': 'tours.example.com:8080, inner.test',
        'x-forwarded-proto': 'http, http',
      },
    ],
  ])('takes a form through a proxy %s, also of a browser without Sec-Fetch-Site', async (_, headers) => {
    const { signIn } = await startConsole()
    const owner = await signIn()
    expect((await owner.post('tours', { name: 'Crew' }, headers)).status).toBe(303)
    const foreign = { ...headers, origin: 'https://evil.example' }
    const { status, html } = await owner.post('tours', { name: 'Stolen' }, foreign)
    expect(status).toBe(403)
    expect(html).toContain('X-Forwarded-Host')
  })

  it('refuses another site’s request, whatever kind of body it has', async () => {
    const { signIn, emitter } = await startConsole()
    const owner = await signIn()
    for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/json']) {
      const headers = { origin: 'https://evil.example', 'content-type': type }
      expect((await owner.post('tours', { name: 'Stolen' }, headers)).status).toBe(403)
    }
    expect(await emitter.console.documents()).toEqual([])
  })

  it('keeps its cookie to https where the outermost of several proxies has ended it', async () => {
    const { request } = await startConsole()
    const { headers } = await request('/console/sign-in', {
      form: { token: adminToken },
      headers: { 'x-forwarded-proto': 'https, http' },
    })
    expect(headers.get('set-cookie')).toContain('; Secure')
  })

  it.each([
    'tours',
    'checklists',
    'banners',
    'segments',
    'tours/x/steps',
    'tours/x/remove',
    'publish',
    'webhooks/new',
    'webhooks/crm/test',
    'webhooks/crm/rotate',
    'webhooks/crm/disable',
    'deliveries/crm/msg_1/resend',
    'users/forget',
    'settings/import',
    'settings/people/end',
    'publish/versions/1/again',
  ])('refuses a viewer’s form to %s', async path => {
    const { signIn } = await startConsole({ config: url => ({ webhooks: [{ id: 'crm', url: url('/hook') }] }) })
    const viewer = await signIn(viewerToken)
    const { status, html } = await viewer.post(path, { name: 'x', id: 'x' })
    expect(status).toBe(403)
    expect(html).toContain('This takes the role')
  })

  it.each(['webhooks/new', 'webhooks/crm/rotate', 'webhooks/crm/remove', 'users/forget', 'settings/import'])(
    'refuses an author’s form to %s, which is the owner’s',
    async path => {
      const { signIn } = await startConsole({
        config: url => ({ webhooks: [{ id: 'crm', url: url('/hook') }] }),
      })
      expect((await (await signIn(authorToken)).post(path, {})).status).toBe(403)
    },
  )

  it('answers with a policy under which nothing inline could run', async () => {
    const { signIn } = await startConsole()
    const { headers, html } = await (await signIn()).get('overview')
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(html).not.toMatch(/<script(?![^>]* src=)|\son\w+=|style="/)
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('serves its assets for ever, by names that change with them, to anybody', async () => {
    const { request } = await startConsole()
    const { html } = await request('/console/sign-in')
    const names = [...html.matchAll(/(?:href|src)="\.\/(assets\/[^"]+)"/g)].map(([, name]) => name)
    expect(names).toHaveLength(3)
    for (const name of names) {
      const { status, headers } = await request(`/console/${name}`)
      expect({ status, cache: headers.get('cache-control') }).toEqual({
        status: 200,
        cache: 'public, max-age=31536000, immutable',
      })
    }
    expect((await request('/console/assets/console-other.css')).status).not.toBe(200)
  })
})

describe('a session that ends while somebody writes', () => {
  it('loses nothing of what they wrote: it goes along through the sign-in, and is sent by one more click', async () => {
    const { signIn, request, admin, emitter } = await startConsole()
    await admin('POST', '/documents/banners', { id: 'news', name: 'News', content: 'Hi' })
    const ben = await signIn(authorToken)
    const written = formIn((await ben.get('banners/news')).html, 'banners/news')
    await ben.post('sign-out')

    const form = { ...written, content: 'A long text with "quotes" & <tags>' }
    const refused = await ben.post('banners/news', form)
    expect(refused.status).toBe(401)
    expect(refused.html).toContain('what you have written is still there')
    const kept = formIn(refused.html, 'sign-in')
    const wrong = await request('/console/sign-in', { form: { ...kept, token: 'not-the-token' } })
    expect(wrong.status).toBe(401)
    const signedIn = await request('/console/sign-in', {
      form: { ...formIn(wrong.html, 'sign-in'), token: authorToken },
    })
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
    const again = formIn(signedIn.html, 'banners/news')
    expect((await emitter.console.document('banners', 'news'))?.rev).toBe(1)
    await request('/console/banners/news', { form: again, cookie })
    expect(await emitter.console.document('banners', 'news')).toMatchObject({
      by: 'Ben',
      draft: { content: form.content },
    })
  })

  it('sends nothing to an address that somebody has made up', async () => {
    const { request } = await startConsole()
    for (const path of ['//evil.example/x', 'https://evil.example', '../../x', '/x', 'a/..//b']) {
      const answer = await request('/console/sign-in', {
        form: { token: authorToken, 'kept.path': path, 'kept.fields': '[["a","b"]]' },
      })
      expect({ path, status: answer.status, to: answer.location }).toEqual({
        path,
        status: 303,
        to: '/console/overview',
      })
    }
  })
})
