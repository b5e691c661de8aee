import { describe, expect, test } from 'vitest'
import { activityOf, origin, startCompanion } from '../../../support/companion.ts'

describe('bodies', () => {
  test('64 KiB are read, a byte more is not, whatever content-length says', async () => {
    const { companion } = await startCompanion()
    const send = (bytes: number, headers: Record<string, string> = {}) => {
      const text = JSON.stringify(activityOf())
      const chunks = [text + ' '.repeat(bytes - text.length)].map(chunk => new TextEncoder().encode(chunk))
      const body = new ReadableStream({
        pull(controller) {
          const chunk = chunks.shift()
          if (chunk) controller.enqueue(chunk)
          else controller.close()
        },
      })
      return companion.fetch(
        new Request('http://companion.test/v1/events', {
          method: 'POST',
          headers: { origin, 'content-type': 'application/json', ...headers },
          body,
          duplex: 'half',
        } as RequestInit),
      )
    }
    expect((await send(65_536)).status).toBe(202)
    const refused = await send(65_537, { 'content-length': '10' })
    expect(refused.status).toBe(413)
    expect(await refused.json()).toMatchObject({ error: { code: 'too_large' } })
  })

  test('a body without an end is not read to the end', async () => {
    const { companion } = await startCompanion()
    let pulled = 0
    const body = new ReadableStream({
      pull(controller) {
        pulled += 1
        controller.enqueue(new Uint8Array(16_384))
      },
    })
    const { status } = await companion.fetch(
      new Request('http://companion.test/v1/events', {
        method: 'POST',
        headers: { origin, 'content-type': 'application/json' },
        body,
        duplex: 'half',
      } as RequestInit),
    )
    expect(status).toBe(413)
    expect(pulled).toBeLessThan(10)
  })

  test.each(['text/plain', 'application/jsonp', 'multipart/form-data', ''])(
    'of type %j are not read',
    async type => {
      const { page } = await startCompanion()
      const { status, json } = await page('POST', '/v1/events', activityOf(), { 'content-type': type })
      expect({ status, code: json.error.code }).toEqual({ status: 415, code: 'not_json' })
    },
  )

  test.each(['gzip', 'br', 'GZIP, identity'])(
    'that are compressed, by %s, are not read, and are told why',
    async encoding => {
      const { page } = await startCompanion()
      const { status, json } = await page('POST', '/v1/events', activityOf(), { 'content-encoding': encoding })
      expect({ status, code: json.error.code }).toEqual({ status: 415, code: 'encoded' })
      expect(json.error.message).toContain(`"${encoding}"`)
    },
  )

  test('may say that they are not compressed', async () => {
    const { page } = await startCompanion()
    expect((await page('POST', '/v1/events', activityOf(), { 'content-encoding': 'identity' })).status).toBe(
      202,
    )
  })

  test.each([
    ['{"tags":{"id":9007199254740993}}', 'tags.id'],
    ['{"tags":{"id":-1e400}}', 'tags.id'],
    [
      '{"events":[{"name":"tour_completed","id":"a","answers":{"x":[1,12345678901234567890]}}]}',
      'events[0].answers.x[1]',
    ],
  ])('have no number beyond 2^53, which would be rounded in silence: %s', async (part, path) => {
    const { post } = await startCompanion()
    const text = `${JSON.stringify(activityOf()).slice(0, -1)},${part.slice(1)}`
    const { status, json } = await post('/v1/events', text)
    expect({ status, error: json.error }).toMatchObject({ status: 422, error: { code: 'invalid', path } })
    expect(json.error.message).toContain('2^53')
  })

  test('may name their charset', async () => {
    const { page } = await startCompanion()
    const type = { 'content-type': 'Application/JSON; charset=utf-8' }
    expect((await page('POST', '/v1/events', activityOf(), type)).status).toBe(202)
  })

  test.each(['', '{', 'null null', '{"id":}', '\u{feff}{'])(
    'that are no JSON are a bad request: %j',
    async body => {
      const { post } = await startCompanion()
      const { status, json } = await post('/v1/events', body)
      expect({ status, code: json.error.code }).toEqual({ status: 400, code: 'bad_json' })
    },
  )

  test('that nest without end are refused before anything recurses into them', async () => {
    const { post } = await startCompanion()
    const { status, json } = await post('/v1/events', '['.repeat(30_000) + ']'.repeat(30_000))
    expect({ status, code: json.error.code }).toEqual({ status: 400, code: 'too_deep' })
  })

  test('that hold more values than anyone means are refused before each of them costs its share', async () => {
    const { post } = await startCompanion()
    const done = (count: number) =>
      activityOf({ events: [{ name: 'tour_completed', id: 'a', answers: { x: Array(count).fill({}) } }] })
    expect((await post('/v1/events', done(2_900))).status).toBe(202)
    const { status, json } = await post('/v1/events', done(3_100))
    expect({ status, code: json.error.code }).toEqual({ status: 413, code: 'too_large' })
  })

  test.each([
    [{ id: 'not a message id' }, 'id'],
    [{ timestamp: 'yesterday' }, 'timestamp'],
    [{ userId: '' }, 'userId'],
    [{ userId: 7 }, 'userId'],
    [{ tags: { plan: { nested: true } } }, 'tags.plan'],
    [{ events: [{ name: 'user_created', id: 'x' }] }, 'events[0].name'],
    [{ events: [{ name: 'banner_seen' }] }, 'events[0].id'],
    [{ events: {} }, 'events'],
    [{ surprise: 1 }, ''],
    [{ timestamp: 7 }, 'timestamp'],
    [{ timestamp: '2026-13-45T09:00:00Z' }, 'timestamp'],
    [{ tags: { plan: null } }, 'tags.plan'],
    [{ userHash: null }, 'userHash'],
    [{ events: [{ name: 'tour_completed', id: 'a', answers: [] }] }, 'events[0].answers'],
  ])('that say %j are told where they are wrong: %j', async (changes, path) => {
    const { post, emitter } = await startCompanion()
    const { status, json } = await post('/v1/events', activityOf(changes))
    expect({ status, error: json.error }).toMatchObject({ status: 422, error: { code: 'invalid', path } })
    expect(json.error.message).toMatch(/^(is missing; )?(expected|must|unknown) /)
    expect(await emitter.read('user:ada')).toBeUndefined()
  })

  test('have the tags beyond 200 left out, and those with longer names, and count', async () => {
    const { post, emitter } = await startCompanion()
    const tags = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`tag${index}`, index]))
    const managedTags = { ['x'.repeat(201)]: 1, level: 2 }
    const { status, json } = await post('/v1/events', activityOf({ tags, managedTags }))
    expect({ status, json }).toMatchObject({ status: 202, json: { counted: true } })
    const kept = (await emitter.read('user:ada')) as { tags: object; managedTags: object }
    expect(Object.keys(kept.tags)).toHaveLength(200)
    expect(kept.tags).toMatchObject({ tag0: 0, tag199: 199 })
    expect(kept.managedTags).toEqual({ level: 2 })
  })

  test('have a tag cut after a thousand characters, and count', async () => {
    const { post, emitter } = await startCompanion()
    const tags = { long: `${'x'.repeat(999)}\u{1f600}`, fits: 'y'.repeat(1000) }
    const { status, json } = await post(
      '/v1/events',
      activityOf({ tags, managedTags: { long: `${tags.fits}z` } }),
    )
    expect({ status, json }).toMatchObject({ status: 202, json: { counted: true } })
    await post('/v1/events', activityOf({ tags }))
    expect(await emitter.read('user:ada')).toMatchObject({
      tags: { long: 'x'.repeat(999), fits: tags.fits },
      managedTags: { long: tags.fits },
    })
  })

  test('lose what no database keeps: U+0000 and half a character', async () => {
    const { post, emitter } = await startCompanion()
    const text = JSON.stringify(activityOf({ tags: { emoji: 'cut \u{1f600}'.slice(0, 5), nul: 'a\u0000b' } }))
    expect(text).toContain('\\ud83d')
    expect((await post('/v1/events', text)).status).toBe(202)
    expect(await emitter.read('user:ada')).toMatchObject({ tags: { emoji: 'cut \u{fffd}', nul: 'ab' } })
  })
})
