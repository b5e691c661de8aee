import { shownElement } from '../../autostart/shown-element.ts'
import { element } from '../../render/layer/element.ts'
import type { PointerStep } from '../../schema/steps.ts'
import { listOf } from '../../values/list-of.ts'
import { withEntry } from '../draft/draft-steps.ts'
import { type RankedSelector, rankSelectors } from '../selectors/rank-selectors.ts'
import type { PanelContext } from './panel-context.ts'
import { button, selectControl, textControl } from './panel-controls.ts'

/** What a pointer points at, by which selector, and where the step stands beside it. */
export function elementPart(step: PointerStep, { change, redraw, pick, live }: PanelContext): Node[] {
  const found = element('p', { class: 'found', role: 'status' })
  let selector = step.element

  function set(next: string): void {
    selector = next
    change({ ...step, element: next })
  }

  live(() => {
    found.textContent = matchWords(selector)
    found.dataset.tone = elementOf(selector) ? 'good' : 'bad'
  })
  const target = elementOf(step.element)
  return [
    button(
      'Pick on the page',
      () =>
        pick({
          purpose: 'element',
          start: target,
          onPick: each => redraw({ ...step, element: selectorOf(each) }),
        }),
      { key: 'element', class: 'primary' },
    ),
    textControl({
      label: 'Selector',
      key: 'selector',
      value: step.element,
      hint: 'CSS. The step points at the first element that matches and is shown.',
      onInput: set,
    }),
    found,
    ...(target ? [alternatives(rankSelectors(target), step, redraw)] : []),
    selectControl({
      label: 'Side',
      key: 'place',
      value: step.place ?? 'bottom',
      options: { bottom: 'Below it', top: 'Above it', right: 'Right of it', left: 'Left of it' },
      onChange: place =>
        change(withEntry({ ...step, element: selector }, 'place', place === 'bottom' ? undefined : place)),
    }),
  ]
}

/** The best selector of what was picked. */
export function selectorOf(picked: Element): string {
  return rankSelectors(picked)[0]?.selector ?? picked.localName
}

function alternatives(
  ranked: readonly RankedSelector[],
  step: PointerStep,
  redraw: PanelContext['redraw'],
): HTMLElement {
  const items = ranked.map(({ selector, matches, isFragile, why }) => {
    const isChosen = selector === step.element
    const choose = element('input', {
      type: 'radio',
      name: 'selector',
      value: selector,
      'data-key': `use-${selector}`,
    })
    choose.checked = isChosen
    choose.addEventListener('change', () => redraw({ ...step, element: selector }))
    const count = matches === 1 ? '1 match' : `${matches} matches`
    return element(
      'li',
      { class: isFragile ? 'fragile' : 'sure' },
      element(
        'label',
        {},
        choose,
        element('code', {}, selector),
        element('small', {}, isFragile ? `${count} · fragile` : count),
      ),
      ...(why ? [element('p', { class: 'hint' }, why)] : []),
    )
  })
  return element(
    'fieldset',
    {},
    element('legend', {}, 'Ways to find it, the surest first'),
    element('ul', { class: 'ways' }, ...items),
  )
}

/** What the selector finds now, as the renderer does. */
export function elementOf(selector: string): Element | undefined {
  try {
    return selector === '' ? undefined : shownElement(selector)
  } catch {
    return undefined
  }
}

function matchWords(selector: string): string {
  if (selector === '') return 'No element is chosen yet.'
  try {
    const all = listOf(document.querySelectorAll(selector)).length
    if (all === 0) return 'Nothing on this page matches: the tour would go on without this step.'
    if (!elementOf(selector)) return `${all} ${all === 1 ? 'matches, but is' : 'match, but none is'} shown now.`
    return all === 1 ? 'One element matches.' : `${all} elements match; the first that is shown counts.`
  } catch {
    return 'This is no CSS selector.'
  }
}
