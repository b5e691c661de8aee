/** Whether a service worker stands between the page and the network. */
export function isControlled(): boolean {
  try {
    return Boolean(navigator.serviceWorker?.controller)
  } catch {
    // A sandboxed frame has none, and may not even ask.
    return false
  }
}

/**
 * Whether a service worker has made the answer up, or taken it from a page of the site: an endpoint of another
 * origin answers with `type: 'cors'`, one of the page's own with its own address.
 */
export function isInvented({ type, url }: Response, address: URL, origin: string): boolean {
  if (type === 'default') return true
  return type === 'basic' && (address.origin !== origin || url !== address.href.replace(/#.*/, ''))
}
