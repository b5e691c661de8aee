import { expect, it } from 'vitest'
import { loggedDeliverySchema } from '../../../../src/schema/admin/logged-delivery.ts'
import { webhookStateSchema } from '../../../../src/schema/admin/webhook-state.ts'
import { adminToken, startCompanion } from '../../../support/companion.ts'

const bearer = { authorization: `Bearer ${adminToken}` }
const config = (url: (path: string) => string) => ({
  webhooks: [{ id: 'crm', url: url('/crm'), events: ['tour_completed' as const] }],
})

interface Document {
  openapi: string
  paths: Record<string, Record<string, { security?: object[] }>>
  webhooks: object
}

it('is served, and names each route that there is, and no other', async () => {
  const { page } = await startCompanion({ config })
  const { status, json } = await page('GET', '/v1/openapi.json')
  const { openapi, paths, webhooks } = json as Document
  expect({ status, openapi }).toEqual({ status: 200, openapi: '3.1.0' })
  expect(Object.keys(webhooks)).toHaveLength(14)

  for (const [path, methods] of Object.entries(paths)) {
    const real = path.replaceAll(/\{\w+\}/g, 'crm')
    const others = ['get', 'post', 'put', 'patch', 'delete'].filter(method => !(method in methods))
    for (const method of Object.keys(methods)) {
      // Without a token, or with an empty body: turned away by the route itself, not for want of one.
      const { status, json } = await page(method.toUpperCase(), real, method === 'get' ? undefined : {})
      expect({ path, method, status }).not.toMatchObject({ status: 405 })
      if (status === 404) expect(json.error.code).not.toBe('not_found')
    }
    for (const method of others) {
      const { status } = await page(method.toUpperCase(), real, undefined, bearer)
      // "replay" is read as an id where it is not posted to.
      expect([404, 405], `${method} ${path}`).toContain(status)
    }
    const guarded = Object.values(methods).filter(({ security }) => security !== undefined)
    const isGuarded = /^\/v1\/(admin|edit\/draft)/.test(path)
    if (path !== '/v1/edit/session') expect(guarded).toHaveLength(isGuarded ? Object.keys(methods).length : 0)
  }
})

it('describes answers as they are', async () => {
  const { admin, emitter, receiver } = await startCompanion({ config })
  await emitter.emit({ name: 'tour_completed', userId: 'ada', id: 'welcome' })
  await receiver.arrived(1)
  const { deliveries } = (await admin('GET', '/deliveries')).json
  expect(deliveries.map((delivery: unknown) => loggedDeliverySchema.safeParse(delivery).success)).toEqual([
    true,
  ])
  const { webhooks } = (await admin('GET', '/webhooks')).json
  expect(webhooks.map((webhook: unknown) => webhookStateSchema.safeParse(webhook).success)).toEqual([true])
})
