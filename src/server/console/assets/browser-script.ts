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

    async function refresh(): Promise<void> {
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
    function poll(): void {
      // The next turn tries again.
      refresh().catch(() => {})
      setTimeout(poll, pollMs)
    }
    setTimeout(poll, pollMs)
  }

  /** Posts a form a moment after the last input, as it would be saved, and hands on the latest answer. */
  function onTyped(
    form: HTMLFormElement,
    address: string,
    use: (response: Response) => Promise<() => void>,
  ): void {
    let turn = 0
    form.addEventListener('input', () => {
      turn += 1
      const mine = turn
      setTimeout(async () => {
        if (mine !== turn) return
        const body = new URLSearchParams()
        for (const [name, value] of new FormData(form)) body.append(name, String(value))
        const response = await fetch(address, { method: 'POST', body }).catch(() => undefined)
        if (!response?.ok) return
        const show = await use(response)
        if (mine === turn) show()
      }, pauseMs)
    })
  }

  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-preview]')) {
    const target = document.getElementById(form.dataset.target ?? '')
    onTyped(form, form.dataset.preview ?? '', async response => {
      const text = await response.text()
      return () => {
        if (target) fill(target, text)
      }
    })
  }

  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-stage]')) {
    const stage = document.querySelector<HTMLIFrameElement>('iframe.stage')
    onTyped(form, form.dataset.stage ?? '', async response => {
      const staged: unknown = await response.json()
      // An origin of its own, which has no name.
      return () => stage?.contentWindow?.postMessage(staged, '*')
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
