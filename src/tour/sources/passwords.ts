import { listOf } from '../../values/list-of.ts'

/** Fields that were passwords before a button showed them. */
const shown = new WeakSet<Node>()
/** From the first watch on, for as long as the page lives. */
let observer: MutationObserver | undefined

/**
 * Remembers each field that is a password from now on, also once a button shows it as text: in the page, and in
 * shadow roots that are there or come later, the closed ones, too.
 */
export function watchPasswords(): void {
  if (observer) return
  observer = new MutationObserver(remember)
  watch(document)
  watchNewRoots()
}

function watch(root: Document | ShadowRoot): void {
  observer?.observe(root, { subtree: true, attributeFilter: ['type'], attributeOldValue: true })
  for (const { shadowRoot } of listOf(root.querySelectorAll('*'))) if (shadowRoot) watch(shadowRoot)
}

/** No event tells of them. */
function watchNewRoots(): void {
  try {
    const { prototype } = Element
    const { attachShadow } = prototype
    prototype.attachShadow = function (init) {
      const root = attachShadow.call(this, init)
      watch(root)
      return root
    }
  } catch {
    // The page has frozen it.
  }
}

function remember(changes: MutationRecord[]): void {
  for (const { oldValue, target } of changes) {
    if (oldValue?.toLowerCase() === 'password') shown.add(target)
  }
}

/** Whether a field was a password before a button showed it. */
export function wasPassword(element: Element): boolean {
  // What has changed in this very task has not been reported yet.
  remember(observer?.takeRecords() ?? [])
  return shown.has(element)
}
