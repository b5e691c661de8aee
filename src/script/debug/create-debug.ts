import { createDryFetch } from '../../delivery/dry-fetch.ts'
import type { Message } from '../../message/message.ts'
import { type Config, checkConfig } from '../../schema/config.ts'
import { problemText } from '../../schema/problems/config-error.ts'
import type { Run } from '../../tour/run.ts'
import type { Tourhook, TourhookEvents, TourhookOptions } from '../../tourhook.ts'
import { createFull, type FullTourhook } from '../create-full.ts'
import { configSource } from '../find-config.ts'
import { credentialsIn } from './credentials.ts'
import { describe } from './describe.ts'
import { type LeftOut, type LookedUp, leftOutOf, leftOutOfTexts } from './left-out.ts'
import type { Panel, Tone } from './panel.ts'

export interface DebugOptions {
  panel: Panel
  config: Config
  options: TourhookOptions
  /** The script's attributes. */
  data: DOMStringMap
}

/**
 * The full Tourhook, for whoever writes the config: it says what is wrong with it, what happens, what is sent and
 * what is missing from it, on the console and in a panel on the page. With `data-dry-run` nothing is sent.
 */
export function createDebug({ panel, config, options, data }: DebugOptions): FullTourhook {
  const say = createSay(panel)
  const source = configSource(data)
  if (source) say('event', `the config comes from ${source}`)
  reportConfig(config, data, say)

  const isDry = data.dryRun !== undefined && data.dryRun !== 'false'
  if (isDry) say('event', 'dry run: nothing is sent')
  const dryFetch = createDryFetch((text, about) => say('event', text, about))
  // Apart, so that what waits for real is neither shown nor lost.
  const dryOptions = { ...options, fetch: dryFetch, namespace: 'tourhook-dry' }
  const tourhook = createFull(config, isDry ? dryOptions : options, data)

  for (const name of ['started', 'step', 'completed', 'closed', 'failed'] as const) {
    tourhook.on(name, (event: TourhookEvents[typeof name]) => say('event', describe[name](event as never)))
  }
  if (!isDry) {
    tourhook.on('queued', event => say('event', describe.queued(event), event.message))
    for (const name of ['delivered', 'sent', 'retrying'] as const) {
      tourhook.on(name, (event: TourhookEvents[typeof name]) => say('event', describe[name](event as never)))
    }
  }
  reportMissing(tourhook, config, say)
  return tourhook
}

type Say = (tone: Tone, text: string, about?: unknown) => void

/** Says a thing in the panel and on the console; what is wrong, once. */
function createSay(panel: Panel): Say {
  const said = new Set<string>()
  const log = { problem: console.error, warning: console.warn, event: console.info }
  return (tone, text, about) => {
    if (tone !== 'event' && said.has(text)) return
    said.add(text)
    log[tone](`[tourhook] ${text}`, ...(about === undefined ? [] : [about]))
    panel.add(tone, text, about)
  }
}

/** Says what is wrong with the config, and what hardly is as its author means it. */
function reportConfig(config: Config, { start }: DOMStringMap, say: Say): void {
  const { problems, warnings, notes } = checkConfig(config)
  for (const problem of problems) say('problem', problemText(problem))
  for (const warning of warnings.filter(isNews)) say('warning', problemText(warning))
  // In a broken config anything may stand where the webhooks should.
  for (const warning of problems.length === 0 ? credentialsIn(config.webhooks ?? []) : [])
    say('warning', problemText(warning))
  // Where no tour starts at all, an author waits in vain; one of several may be meant for a button.
  const tours = Array.isArray(config.tours) ? config.tours : []
  const isWaiting = start === undefined && notes.length > 0 && notes.length === tours.length
  for (const note of notes.filter(({ path }) => start === undefined || path !== `tours[${indexOf(start)}]`))
    say(isWaiting ? 'warning' : 'event', problemText(note))

  function indexOf(id: string): number {
    return tours.findIndex(tour => tour?.id === id)
  }
}

/** On a page of this machine, endpoints may be there, too. */
function isNews({ message }: { message: string }): boolean {
  const isLocal = /^(localhost|.+\.localhost|127\..+|\[::1\])$/.test(location.hostname)
  return !(isLocal && message.includes('is a private address'))
}

/** Says of each message and each step what has no value, and why. */
function reportMissing(tourhook: Tourhook, config: Config, say: Say): void {
  const runs = new Map<string, Run>()
  tourhook.on('started', ({ tour, run }) => runs.set(tour, run))
  tourhook.on('step', ({ tour, run, index }) => {
    runs.set(tour, run)
    const step = run.tour.steps?.[index]
    if (!step || step.type === 'trigger') return
    const left = leftOutOfTexts([step.title ?? '', step.content ?? ''], foundFor(run, tour))
    report(left, `in the texts of step ${index + 1} of tour "${tour}"`)
  })
  tourhook.on('queued', ({ webhook, message }) => {
    if (webhook === null || !isMessage(message)) return
    const [event] = message.events
    const left = leftOutOf(message, webhook, config, foundFor(runs.get(event?.id ?? ''), event?.id))
    report(left, `in the message to webhook "${webhook}"`)
  })

  function report(left: readonly LeftOut[], where: string): void {
    for (const isNormal of [false, true]) {
      const items = left.filter(item => item.isNormal === isNormal)
      const list = items.map(({ name, reason }) => `${name} (${reason})`).join(', ')
      if (items.length > 0) say(isNormal ? 'event' : 'warning', `left out: ${list}, ${where}`)
    }
  }

  function foundFor(run: Run | undefined, id: string | undefined): LookedUp {
    const { answers = {}, tour, status } = run ?? {}
    return {
      tags: tourhook.tags.get(),
      answers,
      fields: (tour?.steps ?? []).flatMap(step =>
        'fields' in step ? (step.fields ?? []).map(({ name }) => name) : [],
      ),
      tour:
        id === undefined
          ? undefined
          : {
              id,
              name: tour?.name ?? id,
              step: '',
              startedAt: '',
              outcome: status === 'running' ? undefined : status,
            },
    }
  }
}

function isMessage(message: object): message is Message {
  return 'data' in message
}
