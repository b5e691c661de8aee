import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Tour } from '../../src/schema/tour.ts'
import { createPage, crmAt, type Opened, toCrm } from '../support/page.ts'
import type { Answer } from '../support/receiver.ts'

const page = createPage()
const hour = 3_600_000

type Action =
  | { kind: 'step' | 'go on'; tab: number }
  | { kind: 'clear storage' | 'reload' | 'come back'; tab: number }
  | { kind: 'open a tab' | 'copy a tab' | 'close a tab'; tab: number }
  | { kind: 'answer'; answer: Answer }
  | { kind: 'online'; online: boolean }
  | { kind: 'jump' | 'wait'; ms: number }
  | { kind: 'user'; user: string }

const answers: Answer[] = [
  { status: 200 },
  { status: 400 },
  { status: 503 },
  { status: 503, headers: { 'retry-after': '40' } },
  { status: 301, headers: { location: '/elsewhere' } },
  'hang',
  'drop',
]

const tab = fc.nat(3)
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('step' as const), tab }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('go on' as const), tab }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(10, 400, 3_000, 35_000) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('answer' as const), answer: fc.constantFrom(...answers) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'clear storage',
        'reload',
        'open a tab',
        'copy a tab',
        'copy a tab',
        'close a tab',
        'come back' as const,
      ),
      tab,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('online' as const), online: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('jump' as const), ms: fc.constantFrom(-hour, hour, -90 * hour) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('user' as const), user: fc.constantFrom('ann', 'bob') }),
  },
)

/** A tab: what it has opened, and the storage of its own, which goes with a copy of it. */
interface Tab extends Opened {
  session: Record<string, string>
}

/** Sends twice: a copy of the tab in the midst of it sends the same. */
const tour: Tour = {
  id: 't',
  steps: [
    { id: 'a', type: 'modal' },
    { id: 'first', type: 'trigger', trigger: toCrm() },
    { id: 'b', type: 'modal' },
    { id: 'second', type: 'trigger', trigger: toCrm() },
    { id: 'c', type: 'modal' },
  ],
}

/** What has once made a message come three times, or end twice. */
const found: Action[][] = [
  // Tab after tab takes it for a dead tab's, by a clock that jumps.
  [
    { kind: 'open a tab', tab: 0 },
    { kind: 'step', tab: 1 },
    { kind: 'jump', ms: -90 * hour },
    { kind: 'copy a tab', tab: 0 },
    { kind: 'step', tab: 0 },
  ],
  // Its first tab puts it back into the storage, over the lease of the copy that came to the same step.
  [
    { kind: 'copy a tab', tab: 0 },
    { kind: 'go on', tab: 0 },
    { kind: 'wait', ms: 10 },
    { kind: 'go on', tab: 1 },
    { kind: 'jump', ms: hour },
    { kind: 'step', tab: 0 },
    { kind: 'clear storage', tab: 0 },
    { kind: 'go on', tab: 0 },
  ],
  // Two tabs that have it are left at once, and both leave it to the browser.
  [
    { kind: 'go on', tab: 0 },
    { kind: 'go on', tab: 0 },
    { kind: 'copy a tab', tab: 0 },
    { kind: 'jump', ms: hour },
    { kind: 'go on', tab: 3 },
    { kind: 'go on', tab: 1 },
    { kind: 'wait', ms: 10 },
    { kind: 'reload', tab: 0 },
  ],
]

/** Tabs have documents of their own: none hears of the Tourhook of another. */
function keepApart(event: Event): void {
  event.stopImmediatePropagation()
}
beforeEach(() => window.addEventListener('tourhook:created', keepApart, { capture: true }))
afterEach(() => window.removeEventListener('tourhook:created', keepApart, { capture: true }))

/** Winds the clock, whether or not what is under way gets its answer. */
async function wind(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 1_000) {
    await vi.advanceTimersByTimeAsync(Math.min(left, 1_000))
    for (let turn = 0; turn < 8; turn += 1) await setImmediate()
  }
}

it('whatever happens, in whatever order, each message ends in one way, comes once more at most, and is its user’s', async () => {
  /** Leaves none of a sequence's pages to the next. */
  let leave = () => {}
  const property = fc.asyncProperty(fc.array(action, { minLength: 3, maxLength: 14 }), async actions => {
    leave()
    localStorage.clear()
    sessionStorage.clear()
    page.receiver.clear()
    page.receiver.script({ answer: { status: 200 } })
    page.setOnline(true)
    let user = 'ann'
    /** What the endpoint said at last, by the message's id. */
    const said = new Map<string, number>()
    /** Which tabs have sent a message, by its id. */
    const senders = new Map<string, Set<number>>()
    const opened: Opened[] = []
    leave = () => {
      for (const { tourhook } of opened) tourhook.consent(false)
      for (const { tourhook } of opened) tourhook.destroy()
    }
    const webhook = { transport: 'cors', data: { owner: { tag: 'owner' } } } as const
    const config = crmAt(page.receiver.url(), webhook, tour)
    let current: Tab | undefined
    /** All tabs of this test share one window: what happens in one happens with its own storage in place. */
    const enter = (session: Record<string, string>, tab?: Tab) => {
      if (current) current.session = { ...sessionStorage }
      sessionStorage.clear()
      for (const [key, value] of Object.entries(session)) sessionStorage.setItem(key, value)
      current = tab
    }
    const open = (session: Record<string, string> = {}): Tab => {
      enter(session)
      const self = opened.length
      const next = page.open(config, {
        tags: () => ({ userId: user, owner: user }),
        async fetch(url, init) {
          const { id } = JSON.parse(String(init?.body)) as { id: string }
          senders.set(id, (senders.get(id) ?? new Set()).add(self))
          const answer = await page.fetch(String(url), init)
          const isFinal = answer.status < 500
          if (isFinal) said.set(id, (said.get(id) ?? 0) + 1)
          return answer
        },
      })
      opened.push(next)
      current = { ...next, session }
      return current
    }
    let tabs = [open()]
    /** Whether storage was emptied while several tabs were open: copies of a tab have nothing else in common. */
    let isParted = false
    /** Those of a page that has gone, in a storage that was emptied before the next page looked. */
    const lost = new Set<string>()
    let hasLeft = false
    const queuedIds = () => opened.flatMap(({ heard }) => heard.queued.map(({ id }) => id))

    for (const does of actions) {
      const at = 'tab' in does ? tabs[does.tab % tabs.length] : undefined
      if (at && at !== current) enter(at.session, at)
      switch (does.kind) {
        case 'step':
          at?.tourhook.trigger(toCrm())
          break
        case 'go on':
          at?.tourhook.start('t')?.next()
          break
        case 'clear storage':
          localStorage.clear()
          isParted ||= tabs.length > 1
          if (hasLeft) for (const id of queuedIds()) lost.add(id)
          break
        case 'reload':
          window.dispatchEvent(new Event('pagehide'))
          for (const { tourhook } of tabs) tourhook.destroy()
          enter({})
          tabs = tabs.map(({ session }) => open(session))
          hasLeft = true
          break
        case 'open a tab':
          tabs.push(open())
          break
        case 'copy a tab':
          tabs.push(open({ ...sessionStorage }))
          break
        case 'close a tab':
          if (tabs.length > 1) tabs.pop()?.tourhook.destroy()
          hasLeft = true
          break
        case 'come back':
          window.dispatchEvent(new Event('pagehide'))
          window.dispatchEvent(new Event('pageshow'))
          break
        case 'answer':
          page.receiver.script({ answer: does.answer })
          break
        case 'online':
          page.setOnline(does.online)
          break
        case 'jump':
          vi.setSystemTime(Date.now() + does.ms)
          break
        case 'user':
          user = does.user
          break
        default:
          await wind(does.ms)
      }
    }

    page.receiver.script({ answer: { status: 200 } })
    page.setOnline(true)
    await wind(45_000)
    const last = open()
    await page.windUntil(() => [...tabs, last].every(({ tourhook }) => tourhook.pending().length === 0))
    await wind(2_000)

    const ends = opened.flatMap(({ heard }) => [...heard.delivered, ...heard.sent, ...heard.failed])
    const endsOf = (id: string) => ends.filter(event => event.id === id).length
    /** How many tabs may each have taken it for theirs alone. */
    const partedOf = (id: string) => (isParted ? (senders.get(id)?.size ?? 1) : 1)
    const wrong = queuedIds().filter(id => endsOf(id) > partedOf(id) || (endsOf(id) < 1 && !lost.has(id)))
    expect(wrong).toEqual([])
    for (const { heard } of opened) {
      expect(new Set(heard.queued.map(({ id }) => id)).size).toBe(heard.queued.length)
    }
    for (const [id, times] of said) expect(times).toBeLessThanOrEqual(1 + partedOf(id))
    for (const { heard } of opened) {
      for (const { id } of heard.delivered) expect(said.get(id)).toBeGreaterThan(0)
    }
    for (const { json } of page.receiver.requests) {
      const { userId, data } = json as { userId: string; data: { owner: string } }
      expect(data.owner).toBe(userId)
    }
    leave()
  })
  const copied: Action[] = [
    { kind: 'go on', tab: 0 },
    { kind: 'copy a tab', tab: 0 },
    { kind: 'go on', tab: 0 },
    { kind: 'go on', tab: 1 },
  ]
  await fc.assert(property, { numRuns: 60, examples: [[copied], ...found.map((each): [Action[]] => [each])] })
}, 120_000)
