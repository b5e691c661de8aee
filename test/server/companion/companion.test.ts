import { expect, test } from 'vitest'
import { activityOf, startCompanion } from '../../support/companion.ts'

test('what is at no path, and what no method is for, is told so', async () => {
  const { page } = await startCompanion()
  expect(await page('GET', '/v1/nothing')).toMatchObject({
    status: 404,
    json: { error: { code: 'not_found' } },
  })
  const { status, headers, json } = await page('DELETE', '/v1/events')
  expect({ status, code: json.error.code }).toEqual({ status: 405, code: 'method_not_allowed' })
  expect(headers.get('allow')).toBe('POST')
})

test('the companion may be mounted below a path', async () => {
  const { page } = await startCompanion({ basePath: '/api/tourhook' })
  expect((await page('POST', '/api/tourhook/v1/events', activityOf())).status).toBe(202)
  expect((await page('POST', '/v1/events', activityOf())).status).toBe(404)
})
