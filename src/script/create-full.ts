import { startTours } from '../autostart/autostart.ts'
import type { LayerOptions } from '../render/layer/layer.ts'
import { createRenderer } from '../render/renderer.ts'
import { drawBanner } from '../render/widgets/draw-banner.ts'
import { drawChecklist } from '../render/widgets/draw-checklist.ts'
import type { Config } from '../schema/config.ts'
import { createInPage, type Tourhook, type TourhookOptions } from '../tourhook.ts'
import { type Banner, createBanner } from '../widgets/banner.ts'
import { type Checklist, createChecklist } from '../widgets/checklist.ts'

/** What the full script puts into `window.tourhook`. */
export interface FullTourhook extends Tourhook {
  createChecklist(id: string): Checklist
  createBanner(id: string): Banner
  /** Draws a checklist or a banner; returns the undo. */
  show(id: string): () => void
}

/**
 * Tourhook with all that a page without code of its own needs: it draws the steps and starts tours by itself.
 *
 * Of the script's attributes, `data-theme` and `data-nonce` are the renderer's, and `data-show` names checklists
 * and banners to draw, with a space between.
 */
export function createFull(config: Config, options: TourhookOptions, data: DOMStringMap): FullTourhook {
  const look = lookOf(data)
  const tourhook = createInPage(config, { renderer: createRenderer(look), ...options })
  const undos = [startTours(tourhook)]

  function show(id: string): () => void {
    const undo = config.banners?.some(banner => banner.id === id)
      ? drawBanner(createBanner(tourhook, id), look)
      : showChecklist(createChecklist(tourhook, id))
    undos.push(undo)
    return undo
  }

  function showChecklist(checklist: Checklist): () => void {
    const undo = drawChecklist(checklist, look)
    return () => {
      undo()
      checklist.destroy()
    }
  }

  const full: FullTourhook = {
    ...tourhook,
    createChecklist: id => createChecklist(tourhook, id),
    createBanner: id => createBanner(tourhook, id),
    show,
    destroy() {
      for (const undo of undos) undo()
      tourhook.destroy()
    },
  }
  for (const id of data.show?.split(/\s+/).filter(Boolean) ?? []) {
    try {
      show(id)
    } catch (error) {
      tourhook.reportError(error)
    }
  }
  return full
}

/** The page's Tourhook while somebody edits on it: it knows the tags, starts no tour, and neither keeps nor sends. */
export function createQuiet(config: Config, options: TourhookOptions): Tourhook {
  const tourhook = createInPage({ ...config, tours: [] }, { ...options, consent: false })
  return { ...tourhook, start: () => undefined, consent: () => undefined }
}

/** How the script's attributes say that it looks. */
export function lookOf({ theme, nonce }: DOMStringMap): LayerOptions {
  return { theme: theme === 'light' || theme === 'dark' ? theme : 'auto', nonce }
}
