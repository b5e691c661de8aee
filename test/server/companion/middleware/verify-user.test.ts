import { describe, expect, test } from 'vitest'
import { userHashOf } from '../../../../src/server/user-hash.ts'
import { activityOf, relayedOf, startCompanion } from '../../../support/companion.ts'

const relayTo = (url: (path: string) => string) => ({ webhooks: [{ id: 'crm', url: url('/lead') }] })

describe('the user hash', () => {
  const userHashSecret = 'known to the site only'

  test('a visitor speaks for the user whose hash they have, and for nobody else', async () => {
    const { post, emitter } = await startCompanion({ userHashSecret, config: relayTo })
    const userHash = userHashOf('ada', userHashSecret)
    expect((await post('/v1/events', activityOf({ userHash }))).status).toBe(202)
    expect((await post('/v1/relay/crm', relayedOf({}, { userHash }))).status).toBe(202)

    for (const stolen of [{ userHash, userId: 'bob' }, { userHash: '' }, { userHash: `${userHash}0` }, {}]) {
      const { status, json } = await post('/v1/events', activityOf(stolen))
      expect({ status, error: json.error }).toMatchObject({ status: 403, error: { code: 'bad_user_hash' } })
    }
    expect((await post('/v1/relay/crm', relayedOf({ userId: 'bob' }, { userHash }))).status).toBe(403)
    expect(await emitter.read('user:bob')).toBeUndefined()
  })

  test('a visitor can not pass for another by a tag named userId', async () => {
    const { post, receiver } = await startCompanion({
      userHashSecret,
      config: url => ({
        webhooks: [
          { id: 'crm', url: url('/'), events: ['tour_completed'], data: { user: { tag: 'userId' } } },
          { id: 'chat', url: url('/chat'), events: ['tour_completed'], body: { text: '{userId} is done' } },
        ],
      }),
    })
    const done = { events: [{ name: 'tour_completed', id: 'welcome' }] }
    const claim = { tags: { userId: 'bob' }, managedTags: { userId: 'bob' } }
    const userHash = userHashOf('ada', userHashSecret)
    await post('/v1/events', activityOf({ ...done, ...claim, userHash }))
    await post('/v1/events', activityOf({ ...done, tags: { userId: 'bob' }, userId: null }))
    await post('/v1/events', activityOf({ ...done, userHash }))
    const arrived = await receiver.arrived(6)
    expect(arrived.map(({ body }) => body).join()).not.toContain('bob')
    const ofCrm = arrived.flatMap(({ path, json }) => (path === '/' ? (json as { data: object }).data : []))
    expect(ofCrm).toEqual(expect.arrayContaining([{ user: 'ada' }, {}, { user: 'ada' }]))
  })

  test('a visitor who claims to be nobody needs none', async () => {
    const { post } = await startCompanion({ userHashSecret })
    expect((await post('/v1/events', activityOf({ userId: null }))).status).toBe(202)
  })

  test('is what a site computes with openssl', () => {
    // printf ada | openssl dgst -sha256 -hmac 'known to the site only'
    expect(userHashOf('ada', userHashSecret)).toBe(
      '4f186672ec40b10a608d88692ba02f1aef64d02822bc63e74c4299292d5c4890',
    )
  })
})
