import { element } from '../../render/layer/element.ts'
import type { PageClash } from '../draft/draft-client.ts'
import { shownValue } from './panel-context.ts'
import { button } from './panel-controls.ts'

export interface ClashOptions {
  message: string
  clashes: readonly PageClash[]
  /** Which of them stay as the author has them. */
  onChoose(yours: readonly PageClash[]): void
}

/** What two people have changed at once: for each, whose stays. */
export function clashPart({ message, clashes, onChoose }: ClashOptions): Node[] {
  const yours = new Set<PageClash>()
  const choices = clashes.map((clash, index) => {
    const name = `clash-${index}`
    const choice = (label: string, value: PageClash['theirs'], isYours: boolean) => {
      const input = element('input', { type: 'radio', name, 'data-key': `${name}-${isYours}` })
      input.checked = !isYours
      input.addEventListener('change', () => (isYours ? yours.add(clash) : yours.delete(clash)))
      const shown = value === undefined ? 'taken out' : shownValue(value)
      return element(
        'label',
        { class: 'choice' },
        input,
        element('span', {}, element('b', {}, label), ' ', shown),
      )
    }
    return element(
      'fieldset',
      { class: 'group' },
      element('legend', {}, placeOf(clash.path)),
      choice('Theirs:', clash.theirs, false),
      choice('Yours:', clash.yours, true),
    )
  })
  return [
    element('p', { role: 'alert' }, message),
    ...choices,
    button('Save what is chosen', () => onChoose([...yours]), { class: 'primary' }),
  ]
}

function placeOf([key = '', id, ...rest]: string[]): string {
  const place =
    key === 'steps' && id !== undefined ? [`Step “${id}”`, ...rest] : [key, id ?? [], ...rest].flat()
  return place.join(', ')
}
