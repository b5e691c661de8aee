import type { Browser, BrowserPage } from './browsers.ts'
import type { Author } from './console-flow.ts'

/** Somebody in an engine that knows CSS selectors alone: what is named gets one. */
export function authorIn(page: BrowserPage, browser: Browser): Author {
  const field = async (label: string, index = 0) => (await page.waitFor(fieldNamed, label, index)) ?? ''

  return {
    goto: page.goto,
    async press(role, name) {
      await page.click((await page.waitFor(pressedNamed, role, name)) ?? '')
    },
    async fill(label, text, index) {
      const selector = await field(label, index)
      await page.evaluate(selectText, selector)
      await page.type(selector, text)
    },
    async choose(label, option, index) {
      await page.evaluate(chooseOption, await field(label, index), option)
    },
    async valueIn(label) {
      return page.evaluate(valueAt, await field(label))
    },
    async sees(text) {
      await page.waitFor(text => document.body.textContent?.includes(text), text)
    },
    async visit(url, answer) {
      const shop = await browser.newPage()
      await shop.goto(url)
      await shop.waitFor(() => 'start' in Object(Reflect.get(window, 'tourhook')))
      await shop.click('#go')
      await shop.waitFor(answerStep, answer)
      await shop.waitFor(() => Object(Reflect.get(window, 'tourhook')).pending().length === 0)
      await shop.close()
    },
  }
}

/** In the page: a selector for the link, button or summary of this name, once the page has loaded. */
function pressedNamed(role: string, name: string): string | undefined {
  if (document.readyState !== 'complete') return undefined
  const selector = { link: 'a[href]', button: 'button', summary: 'summary' }[role] ?? role
  const found = [...document.querySelectorAll(selector)].find(each => {
    const shown = each.cloneNode(true) as Element
    for (const hidden of shown.querySelectorAll('[aria-hidden]')) hidden.remove()
    return (each.getAttribute('aria-label') ?? shown.textContent ?? '').trim() === name
  })
  if (!found) return undefined
  found.scrollIntoView({ block: 'center' })
  const mark = String(performance.now())
  found.setAttribute('data-found', mark)
  return `[data-found="${mark}"]`
}

/** In the page: a selector for the index-th field with this label. */
function fieldNamed(label: string, index: number): string | undefined {
  if (document.readyState !== 'complete') return undefined
  const labels = [...document.querySelectorAll('label')].filter(
    each => each.textContent?.replace(/optional$/, '').trim() === label,
  )
  const field = labels[index]?.control
  if (!field) return undefined
  field.scrollIntoView({ block: 'center' })
  return `#${CSS.escape(field.id)}`
}

/** In the page. */
function selectText(selector: string): void {
  document.querySelector<HTMLInputElement>(selector)?.select()
}

/** In the page. */
function valueAt(selector: string): string {
  return document.querySelector<HTMLInputElement>(selector)?.value ?? ''
}

/** In the page. */
function chooseOption(selector: string, label: string): void {
  const list = document.querySelector<HTMLSelectElement>(selector)
  const option = [...(list?.options ?? [])].find(each => each.label === label)
  if (!list || !option) throw new Error(`There is no option ${label}`)
  list.value = option.value
  for (const type of ['input', 'change']) list.dispatchEvent(new Event(type, { bubbles: true }))
}

/** In the shop: answers the step that is shown, and goes on. */
function answerStep(answer: string): boolean {
  const root = document.querySelector('.tourhook')?.shadowRoot
  const input = root?.querySelector('input')
  if (!input) return false
  input.value = answer
  input.dispatchEvent(new Event('input', { bubbles: true, composed: true }))
  root?.querySelector<HTMLButtonElement>('button.next')?.click()
  return true
}
