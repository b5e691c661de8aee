import { describe, expect, test } from 'vitest'
import type { ActivityEvent } from '../../../src/schema/activity.ts'
import { deriveEvents } from '../../../src/server/visitors/derive-events.ts'
import type { Visitor } from '../../../src/server/visitors/visitor.ts'

const content = {
  checklists: [{ id: 'onboarding', items: [{ id: 'profile' }, { id: 'tour', tour: 'welcome' }] }],
  segments: [
    { id: 'pro', tags: { plan: { is: 'pro' } } },
    { id: 'welcomed', completed: ['welcome'] },
    { id: 'newcomers', notCompleted: ['welcome'] },
    { id: 'done', completed: ['onboarding'] },
  ],
}

/** Derives one activity after the other; returns each one's events as texts. */
function follow(
  ...activities: { tags?: object; managedTags?: object; events?: ActivityEvent[] }[]
): string[][] {
  let known: Visitor | undefined
  return activities.map(activity => {
    const given = { userId: 'ada', events: [], ...activity } as Parameters<typeof deriveEvents>[0]
    const { visitor, events } = deriveEvents(given, known, content)
    // As a store keeps it.
    known = visitor && JSON.parse(JSON.stringify(visitor))
    return events.map(({ name, id, answers }) => `${name} ${id}${answers ? ` ${JSON.stringify(answers)}` : ''}`)
  })
}

const item = (id: string) => ({ name: 'checklist_item_completed', id, checklist: 'onboarding' }) as const

describe('users and tags', () => {
  test('a user is created at first sight, and never again', () => {
    const [first, second] = follow({}, {})
    expect(first).toContain('user_created ada')
    expect(second).toEqual([])
  })

  test('a tag counts when it is new or has another value, not when it is merely set again', () => {
    const [, again, changed, added] = follow(
      { tags: { plan: 'free', seats: 5 } },
      { tags: { plan: 'free', seats: 5 } },
      { tags: { plan: 'basic', seats: 5 } },
      { tags: { role: 'admin' } },
    )
    expect(again).toEqual([])
    expect(changed).toEqual(['script_tag_set plan'])
    expect(added).toEqual(['script_tag_set role'])
  })

  test('a number and its text are two values, as pages may tell them apart', () => {
    expect(follow({ tags: { seats: 5 } }, { tags: { seats: '5' } })[1]).toEqual(['script_tag_set seats'])
  })

  test('a managed tag is told apart from one of the page, under the same name too', () => {
    const [, second] = follow({ tags: { plan: 'free' } }, { managedTags: { plan: 'free' } })
    expect(second).toEqual(['user_tag_added plan'])
  })

  test('a tag that a tour has set is no tag of the page, though the browser lists it among all tags', () => {
    const [first] = follow({ tags: { userId: 'ada', plan: 'free', level: 2 }, managedTags: { level: 2 } })
    expect(first?.filter(event => /tag/.test(event))).toEqual(['script_tag_set plan', 'user_tag_added level'])
  })

  test('tags may be named like what objects inherit', () => {
    const tags = { constructor: 'Ford', toString: 'x', hasOwnProperty: true }
    const [first, second] = follow({ tags }, { tags })
    expect(first).toEqual(
      expect.arrayContaining([
        'script_tag_set constructor',
        'script_tag_set toString',
        'script_tag_set hasOwnProperty',
      ]),
    )
    expect(second).toEqual([])
    const own = JSON.parse('{"__proto__":"polluted"}')
    expect(follow({ tags: own }, { tags: own })).toEqual([
      expect.arrayContaining(['script_tag_set __proto__']),
      [],
    ])
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  test('a tag that is mentioned again is none that makes way', () => {
    const tags = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`tag${index}`, index]))
    const [, , again] = follow({ tags }, { tags: { tag0: 0, another: 1 } }, { tags: { tag0: 0 } })
    expect(again).toEqual([])
  })

  test('of one user no more than 200 tags are kept, the newest', () => {
    const tags = Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`tag${index}`, index]))
    const { visitor } = deriveEvents({ userId: 'ada', tags, events: [] }, undefined, {})
    expect(Object.keys(visitor?.tags ?? {})).toHaveLength(200)
    expect(visitor?.tags).toHaveProperty('tag599')
  })
})

describe('checklists', () => {
  test('the last item completes the checklist, once', () => {
    const [, first, last, again] = follow(
      {},
      { events: [item('profile')] },
      { events: [item('tour')] },
      {
        events: [item('tour'), item('profile')],
      },
    )
    expect(first).toEqual(['checklist_item_completed profile {"checklist":"onboarding"}'])
    expect(last).toEqual([
      'checklist_item_completed tour {"checklist":"onboarding"}',
      'checklist_completed onboarding',
      'auto_segment_changed done {"member":true}',
    ])
    expect(again).toEqual([])
  })

  test('a completed tour completes the item that waits for it', () => {
    const [, second] = follow(
      { events: [item('profile')] },
      { events: [{ name: 'tour_completed', id: 'welcome' }] },
    )
    expect(second?.slice(0, 3)).toEqual([
      'tour_completed welcome',
      'checklist_item_completed tour {"checklist":"onboarding"}',
      'checklist_completed onboarding',
    ])
  })

  test('an item that two checklists name alike belongs to one of them', () => {
    const other = { name: 'checklist_item_completed', id: 'profile', checklist: 'other' } as const
    const [, second] = follow({ events: [item('profile')] }, { events: [other] })
    expect(second).toEqual(['checklist_item_completed profile {"checklist":"other"}'])
  })

  test('what the visitor sees again counts again: tours, banners, dismissals', () => {
    const events: ActivityEvent[] = [
      { name: 'tour_completed', id: 'other' },
      { name: 'banner_seen', id: 'news' },
      { name: 'banner_closed', id: 'news' },
      { name: 'checklist_dismissed', id: 'onboarding' },
    ]
    const [, second] = follow({ events }, { events })
    expect(second).toEqual(events.map(({ name, id }) => `${name} ${id}`))
  })
})

describe('segments', () => {
  test('a user comes into a segment and leaves it, each time once', () => {
    const [first, joined, stayed, left] = follow(
      { tags: { plan: 'free' } },
      { tags: { plan: 'pro' } },
      { tags: { plan: 'pro' } },
      { tags: { plan: 'free' } },
    )
    expect(first).toContain('auto_segment_changed newcomers {"member":true}')
    expect(joined).toContain('auto_segment_changed pro {"member":true}')
    expect(stayed).toEqual([])
    expect(left).toContain('auto_segment_changed pro {"member":false}')
  })

  test('a completed tour moves a user from one segment to another', () => {
    const [, second] = follow({}, { events: [{ name: 'tour_completed', id: 'welcome' }] })
    expect(second).toEqual(
      expect.arrayContaining([
        'auto_segment_changed welcomed {"member":true}',
        'auto_segment_changed newcomers {"member":false}',
      ]),
    )
  })

  test('a tag that a tour has set stands before the same one of the page', () => {
    const [first] = follow({ tags: { plan: 'free' }, managedTags: { plan: 'pro' } })
    expect(first).toContain('auto_segment_changed pro {"member":true}')
  })
})

test('of a visitor without a user id nothing is kept, and what they did counts', () => {
  const { visitor, events } = deriveEvents(
    {
      userId: null,
      tags: { plan: 'pro' },
      events: [{ name: 'tour_completed', id: 'other', answers: { nps: 9 } }],
    },
    undefined,
    content,
  )
  expect(visitor).toBeUndefined()
  expect(events).toEqual([{ name: 'tour_completed', id: 'other', answers: { nps: 9 } }])
})
