/**
 * What runs in the console's pages. Everything works without it: it keeps lists fresh, shows what a form comes to
 * while one types, and copies.
 *
 * It is served as its own source text, so it may use nothing from outside of itself.
 */
export function runInConsole(): void {
  const pollMs = 2_000
  const pauseMs = 250

  /** Whether somebody is reading, marking or typing there: what they look at must not move. */
  function isInUse(element: Element): boolean {
    const selection = getSelection()
    const isMarked = selection?.type === 'Range' && selection.containsNode(element, true)
    return isMarked || element.contains(document.activeElement)
  }

  function fill(element: Element, text: string): void {
    const parsed = new DOMParser().parseFromString(text, 'text/html')
    element.replaceChildren(...parsed.body.childNodes)
  }

  for (const element of document.querySelectorAll<HTMLElement>('[data-live]')) {
    let etag = ''
    const refresh = async () => {
      if (document.visibilityState === 'visible' && !isInUse(element)) {
        const headers: Record<string, string> = etag === '' ? {} : { 'if-none-match': etag }
        const response = await fetch(element.dataset.live ?? '', { headers, cache: 'no-store' })
        // Signed out in the meantime: the page says so when it is loaded.
        if (response.redirected || response.status === 401) return location.reload()
        if (response.ok && !isInUse(element)) {
          etag = response.headers.get('etag') ?? ''
          fill(element, await response.text())
        }
      }
    }
    const poll = () => {
      // The next turn tries again.
      refresh().catch(() => {})
      setTimeout(poll, pollMs)
    }
    setTimeout(poll, pollMs)
  }

  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-preview]')) {
    const target = document.getElementById(form.dataset.target ?? '')
    let turn = 0
    form.addEventListener('input', () => {
      turn += 1
      const mine = turn
      setTimeout(async () => {
        if (mine !== turn || !target) return
        const body = new URLSearchParams()
        for (const [name, value] of new FormData(form)) body.append(name, String(value))
        const response = await fetch(form.dataset.preview ?? '', { method: 'POST', body }).catch(
          () => undefined,
        )
        if (response?.ok && mine === turn) fill(target, await response.text())
      }, pauseMs)
    })
  }

  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-apply]')) {
    form.addEventListener('change', () => form.requestSubmit())
  }

  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
    if (!navigator.clipboard) continue
    const said = button.textContent
    button.hidden = false
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy ?? '')?.textContent ?? '')
      button.textContent = 'Copied'
      setTimeout(() => {
        button.textContent = said
      }, 1_500)
    })
  }
}
