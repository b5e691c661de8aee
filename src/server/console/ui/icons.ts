import { type Markup, raw } from './markup.ts'

const paths = {
  overview: '<path d="M2.5 2.5h4.6v6H2.5zM8.9 2.5h4.6v3.3H8.9zM8.9 7.6h4.6v5.9H8.9zM2.5 10.3h4.6v3.2H2.5z"/>',
  tours: '<path d="M3.5 13.5v-11M3.5 3h8l-1.8 2.6L11.5 8.2h-8"/>',
  checklists: '<path d="m2.5 4 1.2 1.2L6 2.9M2.5 10.5l1.2 1.2L6 9.4M8.5 4.3h5M8.5 10.8h5"/>',
  banners: '<path d="M2.5 3h11v4h-11zM2.5 10h7M2.5 13h4.5"/>',
  webhooks:
    '<path d="M5.7 2.5v6.3a2.7 2.7 0 1 0 5.4 0V7.3M11.1 7.3 9.3 9.1M11.1 7.3l1.8 1.8"/><circle cx="5.7" cy="2.5" r=".6"/>',
  deliveries: '<path d="m2 8.2 11.8-5.4-4.1 11-2.4-4.3zM7.3 9.5l6.5-6.7"/>',
  users:
    '<circle cx="6" cy="5.4" r="2.4"/><path d="M1.8 13.3c.3-2.5 2-3.9 4.2-3.9s3.9 1.4 4.2 3.9M10.3 3.3a2.3 2.3 0 0 1 0 4.3M11.6 9.8c1.5.4 2.4 1.6 2.6 3.5"/>',
  publish: '<path d="M8 10.8V2.5M4.8 5.6 8 2.4l3.2 3.2M2.5 10.5v3h11v-3"/>',
  settings:
    '<path d="M2.5 4.5h6M12.3 4.5h1.2M2.5 11.5h1.2M7.5 11.5h6"/><circle cx="10.4" cy="4.5" r="1.8"/><circle cx="5.6" cy="11.5" r="1.8"/>',
  plus: '<path d="M8 3v10M3 8h10"/>',
  up: '<path d="M8 13V3.5M4 7.2l4-4 4 4"/>',
  down: '<path d="M8 3v9.5M4 8.8l4 4 4-4"/>',
  arrow: '<path d="M3 8h10M9 4l4 4-4 4"/>',
  lock: '<path d="M3.5 7.2h9v6h-9zM5.5 7.2V5a2.5 2.5 0 0 1 5 0v2.2"/>',
  warning: '<path d="M8 2.3 14.3 13.3H1.7zM8 6.5v3.3M8 11.6v.1"/>',
  check: '<path d="m3 8.5 3.2 3.2L13 4.8"/>',
  cross: '<path d="m4 4 8 8M12 4l-8 8"/>',
  clock: '<circle cx="8" cy="8" r="5.7"/><path d="M8 4.8V8l2.2 1.5"/>',
  external: '<path d="M6.5 3.5h-3v9h9v-3M9 3h4v4M12.7 3.3 7.5 8.5"/>',
} as const

export type IconName = keyof typeof paths

/** A small picture beside a text that says the same. */
export function icon(name: IconName): Markup {
  return raw(`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">${paths[name]}</svg>`)
}

/** The mark: a hook. */
export const mark = raw(
  '<svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="9"/><path d="M12 8v10.5a5 5 0 0 0 10 0V15.5M22 15.5l-3.4 3.4M22 15.5l3.4 3.4"/><circle cx="12" cy="7.5" r="1.6"/></svg>',
)
