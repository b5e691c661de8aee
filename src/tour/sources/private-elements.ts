import { isCustomControl } from './controls.ts'
import { attributeOf, matchesSelector, propertyOf, rootOf } from './natives.ts'
import { wasPassword } from './passwords.ts'

/** Passwords, payment cards, one-time codes, and all that the page has marked. */
const marked =
  '[data-private], [type=password], [autocomplete*="-password" i], [autocomplete*="cc-" i], [autocomplete*="one-time-code" i], meta[name*="token" i]'

/** Of fields whose page says no more of them than their name. */
const privateName =
  /(^|[^my])pass(?!eng|ag|i|o)|kennwort|contrase|senha|\bmdp\b|\bpin\b|pwd|cvv|cvc|card.?num|one.?time.?code|otp\b|\botp|_otp/i

/**
 * Whether what an element holds or shows is private: by itself, by what it lies in (slots, shadow roots' hosts and
 * an option's select included), or by the form that it belongs to.
 */
export function isPrivate(element: Element): boolean {
  return isPrivateItself(element) || [ownerOf(element), holderOf(element)].some(each => each && isPrivate(each))
}

/** What an element is shown in: the slot that it was given to, what it lies in, or its shadow root's host. */
function holderOf(element: Element): Element | null {
  const root = rootOf(element)
  return (
    propertyOf(element, 'assignedSlot') ??
    propertyOf(element, 'parentElement') ??
    ('host' in root ? root.host : null)
  )
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
    wasPassword(element) ||
    ((matchesSelector(element, 'input, textarea') || isCustomControl(element)) &&
      privateName.test(`${attributeOf(element, 'name')} ${attributeOf(element, 'id')}`)) ||
    isMasked(element)
  )
}

/** Shown as dots by the page's style, as some pages do instead of `type="password"`. */
function isMasked(element: Element): boolean {
  const mask = getComputedStyle(element).getPropertyValue('-webkit-text-security')
  return mask !== '' && mask !== 'none'
}
