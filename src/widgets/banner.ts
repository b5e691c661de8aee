import { fillText } from '../message/template.ts'
import type { TourhookLike } from '../tour/host.ts'
import { lookUp } from '../tour/sources/sources.ts'
import { createUserState } from '../tour/user-state.ts'
import { byId } from '../values/by-id.ts'
import type { Json } from '../values/json.ts'
import { type ChangeListeners, createChangeListeners } from './change-listeners.ts'

/** What one visitor sees of a banner. */
export interface Banner {
  /** The banner's id. */
  readonly id: string
  /** The banner's name; its id when it has none. */
  readonly name: string
  /** Its placeholders filled. */
  readonly content: string
  /** Its content as the config has it. */
  readonly template: string
  /** What a `{placeholder}` in it stands for, now. */
  lookUp(name: string): Json | undefined
  /** The edge of the page that it is at. */
  readonly position: 'top' | 'bottom'
  /** The visitor has seen it, here or on an earlier page. */
  readonly isSeen: boolean
  /** The visitor has closed it; it stays closed. */
  readonly isClosed: boolean
  /** It is shown to the visitor. */
  see(): void
  /** The visitor wants to see it no more. */
  close(): void
  /** Subscribes to changes, also those of other tabs; returns the undo. */
  onChange: ChangeListeners['onChange']
}

interface Kept {
  isSeen: boolean
  isClosed: boolean
}

/**
 * The state of one of the config's banners, kept for each user of this browser; draw it as you like.
 *
 * Reports to the companion, once each, that it was seen and closed.
 *
 * @throws {Error} when there is no such banner.
 */
export function createBanner(tourhook: TourhookLike, id: string): Banner {
  const { name = id, content = '', position = 'top' } = byId(tourhook.config.banners ?? [], id, 'banner')
  const state = createUserState<Kept>(tourhook, `banner:${id}`, { isSeen: false, isClosed: false })
  const { onChange, announceChange } = createChangeListeners(tourhook)

  function find(name: string): Json | undefined {
    return lookUp(name, { tags: tourhook.tags.get(), answers: {} })
  }

  function mark(change: Partial<Kept>, name: 'banner_seen' | 'banner_closed'): void {
    state.set({ ...state.get(), ...change })
    tourhook.report({ name, id })
    announceChange()
  }

  return {
    id,
    name,
    position,
    template: content,
    lookUp: find,
    get content() {
      return fillText(content, find)
    },
    get isSeen() {
      return state.get().isSeen
    },
    get isClosed() {
      return state.get().isClosed
    },
    see() {
      if (!state.get().isSeen) mark({ isSeen: true }, 'banner_seen')
    },
    close() {
      if (!state.get().isClosed) mark({ isClosed: true }, 'banner_closed')
      // Closed in another tab, it may still be drawn here.
      else announceChange()
    },
    onChange,
  }
}
