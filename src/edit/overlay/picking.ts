import type { Aside } from './aside.ts'
import type { EditorOverlay } from './editor-overlay.ts'
import { createPicker, type Picker } from './picker.ts'

export interface PickingOptions {
  overlay: EditorOverlay
  panel: HTMLElement
  aside: Aside
  /** It has begun for this purpose, or is over. */
  onChange(purpose?: string): void
}

export interface PickOptions {
  /** Names what it is for, for the next page of this tab. */
  purpose: string
  /** Where the keyboard begins. */
  start?: Element | undefined
  onPick(element: Element): void
}

/** Now and then, the author points at an element; meanwhile the panel is away. */
export interface Picking {
  start(options: PickOptions): void
  stop(): void
  isOn(): boolean
  /** A key was pressed while it has the focus. */
  onKey(event: KeyboardEvent): void
  /** The pointer has moved over it, or was pressed there. */
  onPointer(event: MouseEvent, target: Element | null): void
}

export function createPicking({ overlay, panel, aside, onChange }: PickingOptions): Picking {
  let picker: Picker | undefined

  function stop(): void {
    picker?.stop()
    picker = undefined
    panel.hidden = false
  }

  function end(): void {
    stop()
    onChange()
    overlay.focus(panel)
  }

  function start(options: PickOptions): void {
    stop()
    panel.hidden = true
    onChange(options.purpose)
    picker = createPicker({
      overlay,
      start: options.start,
      onPick(picked) {
        end()
        options.onPick(picked)
      },
      onCancel: end,
      onUsePage() {
        stop()
        aside.step(() => start(options))
      },
    })
  }

  return {
    start,
    stop,
    isOn: () => picker !== undefined,
    onKey: event => picker?.onKey(event),
    onPointer: (...at) => picker?.onPointer(...at),
  }
}
