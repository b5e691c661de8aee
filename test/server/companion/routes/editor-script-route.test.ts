import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { HttpError } from '../../../../src/server/companion/http-error.ts'
import { serveEditorScript } from '../../../../src/server/companion/routes/editor-script-route.ts'

it('serves the editor to the pages of any site, and says when it is unchanged', async () => {
  const app = new Hono().get(
    '/',
    serveEditorScript(async () => 'export {}'),
  )
  const first = await app.request('/')
  expect(await first.text()).toBe('export {}')
  expect(Object.fromEntries(first.headers)).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
  })
  const again = await app.request('/', { headers: { 'if-none-match': first.headers.get('etag') ?? '' } })
  expect([again.status, await again.text()]).toEqual([304, ''])
  expect(again.headers.get('access-control-allow-origin')).toBe('*')
})

it('says what to do where the built file is missing, and looks again', async () => {
  const texts: (string | undefined)[] = [undefined, 'export {}']
  const read = async () => {
    const text = texts.shift()
    if (text === undefined) throw new Error('ENOENT')
    return text
  }
  const app = new Hono().get('/', serveEditorScript(read))
  app.onError((error, context) =>
    error instanceof HttpError
      ? context.json({ code: error.code, message: error.message }, error.status)
      : context.text('', 500),
  )
  const missing = await app.request('/')
  expect(missing.status).toBe(404)
  expect(await missing.json()).toMatchObject({
    code: 'no_editor',
    message: expect.stringContaining('dist/tourhook.edit.js'),
  })
  expect((await app.request('/')).status).toBe(200)
})
