import { attributeOf, closest, matchesSelector, rootOf } from './natives.ts'

/** Passwords, payment cards, one-time codes, and all that the page has marked. */
const marked =
  '[data-private], [type=password], [autocomplete*="-password" i], [autocomplete*="cc-" i], [autocomplete*="one-time-code" i]'

/** Of fields whose page says no more of them than their name. */
const privateName = /passw|passcode|passphrase|pwd|cvv|cvc|card.?num|one.?time.?code|otp\b|\botp|_otp/i

/** Fields that were passwords before a button showed them. */
const shownPasswords = new WeakSet<Node>()
/** While a server renders the page, there is none to observe. */
const observer = typeof document === 'undefined' ? undefined : /* @__PURE__ */ new MutationObserver(remember)

/** Remembers each field that is a password from now on, for as long as the page lives, also once a button shows it as text. */
export function watchPasswords(): void {
  observer?.observe(document, { subtree: true, attributeFilter: ['type'], attributeOldValue: true })
}

function remember(changes: MutationRecord[]): void {
  for (const { oldValue, target } of changes) {
    if (oldValue?.toLowerCase() === 'password') shownPasswords.add(target)
  }
}

/**
 * Whether what an element holds or shows is private: by itself, by what it lies in (shadow roots' hosts and an
 * option's select included), or by the form that it belongs to.
 */
export function isPrivate(element: Element): boolean {
  // What has changed in this very task has not been reported yet.
  remember(observer?.takeRecords() ?? [])
  const owner = ownerOf(element)
  if (isPrivateItself(element) || closest(element, marked) || (owner && closest(owner, marked))) return true
  const root = rootOf(element)
  return root instanceof ShadowRoot && isPrivate(root.host)
}

/** The form that a field belongs to, which it need not lie in. */
function ownerOf(element: Element): Element | null {
  if (matchesSelector(element, 'input, select, textarea')) return (element as HTMLInputElement).form
  const id = attributeOf(element, 'form')
  return id === null ? null : document.getElementById(id)
}

/** The same, but for what it lies in. */
export function isPrivateItself(element: Element): boolean {
  return (
    matchesSelector(element, marked) ||
    shownPasswords.has(element) ||
    (matchesSelector(element, 'input, textarea') &&
      privateName.test(`${attributeOf(element, 'name')} ${attributeOf(element, 'id')}`)) ||
    isMasked(element)
  )
}

/** Shown as dots by the page's style, as some pages do instead of `type="password"`. */
function isMasked(element: Element): boolean {
  const mask = getComputedStyle(element).getPropertyValue('-webkit-text-security')
  return mask !== '' && mask !== 'none'
}
