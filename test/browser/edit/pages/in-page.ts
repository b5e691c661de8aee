import { finder } from '@medv/finder'
import { getCssSelector } from 'css-selector-generator'
import { shownElement } from '../../../../src/autostart/shown-element.ts'
import { rankSelectors } from '../../../../src/edit/selectors/rank-selectors.ts'

export interface Chosen {
  selector: string
  isFragile: boolean
}

/** What a maker chooses for an element, none where it gives up, and how long it takes. */
export interface Choice {
  chosen: Chosen | undefined
  ms: number
}

/** What chooses a selector for an element; each knows the whole document, and has no clock. */
const makers: Record<string, (element: Element) => Chosen | undefined> = {
  tourhook: element => rankSelectors(element)[0],
  finder: element =>
    silent(
      finder(element, {
        root: document.body,
        timeoutMs: Number.POSITIVE_INFINITY,
        maxNumberOfPathChecks: 2_000,
      }),
    ),
  'css-selector-generator': element =>
    silent(
      getCssSelector(element, {
        root: document,
        ignoreGeneratedClassNames: true,
        maxCombinations: 100,
        maxCandidates: 100,
      }),
    ),
}

function silent(selector: string): Chosen {
  return { selector, isFragile: false }
}

/** The elements that are picked, by name, in shadow roots too; nothing of the marks is left for those who look. */
function takePicks(root: Document | ShadowRoot, picks = new Map<string, Element>()): Map<string, Element> {
  for (const element of root.querySelectorAll('*')) {
    const name = element.getAttribute('pick')
    if (name !== null && !picks.has(name)) picks.set(name, element)
    element.removeAttribute('pick')
    if (element.shadowRoot) takePicks(element.shadowRoot, picks)
  }
  return picks
}

export interface InPage {
  /** What a maker chooses for each element that is picked. */
  choose(maker: string): Record<string, Choice>
  /** By each selector: the name of what a step would point at there, '' for what is not picked, none for nothing. */
  find(selectors: Record<string, string>): Record<string, 'same' | 'another' | 'none' | 'gone'>
}

const picks = takePicks(document)

function attempt<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch {
    return undefined
  }
}

const inPage: InPage = {
  choose(maker) {
    const choices = [...picks].map(([name, element]): [string, Choice] => {
      const start = performance.now()
      const chosen = attempt(() => makers[maker]?.(element))
      return [name, { chosen, ms: performance.now() - start }]
    })
    return Object.fromEntries(choices)
  },
  find(selectors) {
    const found = Object.entries(selectors).map(([name, selector]) => {
      if (!picks.has(name)) return [name, 'gone']
      const element = attempt(() => shownElement(selector))
      return [name, !element ? 'none' : element === picks.get(name) ? 'same' : 'another']
    })
    return Object.fromEntries(found)
  },
}

Object.assign(window, { inPage })
