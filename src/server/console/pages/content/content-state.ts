import type { ContentState } from '../../content/content-item.ts'
import type { Markup } from '../../ui/markup.ts'
import { badge } from '../../ui/parts.ts'

/** A content's state in a word. */
export function contentBadge(state: ContentState): Markup {
  const badges: Record<ContentState, Markup> = {
    file: badge('mute', 'in the config file', 'lock'),
    live: badge('good', 'live'),
    changed: badge('wait', 'changed'),
    draft: badge('info', 'draft'),
    removed: badge('bad', 'to be removed'),
  }
  return badges[state]
}
