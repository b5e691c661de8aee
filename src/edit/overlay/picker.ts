import { element } from '../../render/layer/element.ts'
import { onPress } from '../../render/layer/press.ts'
import { scrollToElement } from '../../render/step/track-element.ts'
import { rankSelectors } from '../selectors/rank-selectors.ts'
import type { EditorOverlay } from './editor-overlay.ts'
import { createElementOutline } from './element-outline.ts'
import { neighbourOf } from './neighbours.ts'

export interface PickerOptions {
  overlay: EditorOverlay
  /** Where the keyboard begins. */
  start?: Element | undefined
  onPick(element: Element): void
  onCancel(): void
  /** Lets the author use the page in between. */
  onUsePage(): void
}

/** Lets the author point at an element of the page, which hears and sees nothing of it. */
export interface Picker {
  /** A key was pressed while it has the focus. */
  onKey(event: KeyboardEvent): void
  /** The pointer has moved over it, or was pressed there. */
  onPointer(event: MouseEvent, target: Element | null): void
  stop(): void
}

export function createPicker({ overlay, start, onPick, onCancel, onUsePage }: PickerOptions): Picker {
  const outline = createElementOutline()
  const said = element('output', { class: 'found' }, 'Point at what the step is about.')
  const aside = element('button', { type: 'button', class: 'slim icon', 'aria-label': 'Move this bar' }, '⇅')
  const usePage = element('button', { type: 'button', class: 'slim' }, 'Use the page')
  const cancel = element('button', { type: 'button', class: 'slim' }, 'Cancel')
  const keys = element('span', { class: 'keys' }, 'Tab, arrows: move · Enter: pick · Esc: cancel')
  const bar = element(
    'div',
    { class: 'bar', role: 'toolbar', 'aria-label': 'Picking' },
    said,
    keys,
    aside,
    usePage,
    cancel,
  )
  // Over the whole page: no listener, menu or link there takes what is meant for the editor.
  const shield = element('div', {
    class: 'shield',
    tabindex: 0,
    role: 'application',
    'aria-label': 'Pick an element: Tab and the arrow keys move, Enter picks, Escape cancels',
  })
  let hovered: Element | undefined

  function hover(next: Element | undefined): void {
    if (next === hovered) return
    hovered = next
    const name = next && nameOfElement(next)
    outline.around(next, name)
    said.textContent = name ?? 'Point at what the step is about.'
  }

  onPress(shield, pick)
  // It may lie over what one is about to pick.
  onPress(aside, () => bar.classList.toggle('high'))
  onPress(cancel, onCancel)
  onPress(usePage, onUsePage)

  function pick(): void {
    if (hovered) onPick(hovered)
  }

  overlay.root.append(shield, outline.element, bar)
  overlay.focus(shield)
  if (start) hover(start)

  return {
    onPointer({ clientX, clientY }, target) {
      if (target === shield) hover(overlay.pageElementAt(clientX, clientY))
    },
    onKey(event) {
      const { key, shiftKey } = event
      if (key === 'Escape') onCancel()
      else if (overlay.focused() !== shield) return
      else if (key === 'Enter' || key === ' ') pick()
      else {
        const next = neighbourOf(hovered, key, shiftKey)
        if (!next && !/^(Tab|Arrow)/.test(key)) return
        if (next) {
          scrollToElement(next)
          hover(next)
        }
      }
      event.preventDefault()
    },
    stop() {
      outline.around(undefined)
      for (const part of [shield, outline.element, bar]) part.remove()
    },
  }
}

/** What an author reads of an element: its tag, and by what it would be found. */
function nameOfElement(target: Element): string {
  const [best] = rankSelectors(target)
  return best ? best.selector : target.localName
}
