import { boxOf } from '../../render/layer/page-element.ts'
import { type Dock, dockFor } from '../overlay/docking.ts'

/** Where the panel stands on the page. */
export interface PanelDock {
  /** Beside this, not over it. */
  besides(target: Element | undefined): void
  /** To the other side. */
  move(): void
}

const others = { end: 'start', start: 'end', bottom: 'top', top: 'bottom' } as const

export function createPanelDock(panel: HTMLElement): PanelDock {
  let dock: Dock = 'end'

  function set(next: Dock): void {
    dock = next
    panel.dataset.dock = dock
  }

  return {
    besides(target) {
      const { width, height } = boxOf(panel)
      set(dockFor(target && boxOf(target), { width, height }, { width: innerWidth, height: innerHeight }, dock))
    },
    move: () => set(others[dock]),
  }
}
