import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Browser, type BrowserPage, launchBrowser } from '../support/browsers.ts'
import { createSite, type Site } from '../support/site.ts'

/** 250 forms each. */
const runs = process.env.CI ? 40 : 10

let browser: Browser
let site: Site
let page: BrowserPage

beforeAll(async () => {
  browser = await launchBrowser('chromium')
  const html = `<!doctype html><title>Forms</title>
    <script type="application/json" id="tourhook-config">{ "tours": [{ "id": "t", "steps": [{ "type": "modal" }] }] }</script>
    <script src="/dist/tourhook.js"></script><main></main>`
  site = await createSite({ pages: { '/': html } })
  page = await browser.newPage()
  await page.goto(site.url())
  await page.waitFor(() => 'start' in (window.tourhook ?? {}))
})
afterAll(async () => {
  await browser.close()
  await site.close()
})

const name = fc.constantFrom(
  'a',
  'b',
  'c',
  'ids[]',
  'elements',
  'length',
  'submit',
  'matches',
  'closest',
  'getAttribute',
  '__proto__',
  'id',
)
const text = fc.constantFrom('', 'x', '0', '7.5', 'Ada &amp; Bob')
const flag = (attribute: string) => fc.constantFrom('', '', attribute)

/** How a field may be private; what it holds says so. */
const secret = fc.constantFrom(
  (field: string) => field.replace('ATTRS', 'data-private'),
  (field: string) => field.replace('ATTRS', 'autocomplete="section-a cc-number"'),
  (field: string) => field.replace('ATTRS', 'style="-webkit-text-security: disc"'),
  (field: string) => `<div data-private>${field}</div>`,
  (field: string) => `<fieldset data-private><p>${field}</p></fieldset>`,
)

/** A field as HTML, with `ATTRS` where more attributes may stand, and `VALUE` for what it holds. */
const field = fc.oneof(
  fc.tuple(name, flag('disabled')).map(([name, off]) => `<input ATTRS name="${name}" value="VALUE" ${off}>`),
  fc
    .tuple(name, flag('checked'))
    .map(([name, on]) => `<input ATTRS type="checkbox" name="${name}" value="VALUE" ${on}>`),
  fc
    .tuple(name, flag('checked'))
    .map(([name, on]) => `<input ATTRS type="radio" name="${name}" value="VALUE" ${on}>`),
  name.map(name => `<textarea ATTRS name="${name}">VALUE</textarea>`),
  fc
    .tuple(name, flag('multiple'), flag('selected'), flag('disabled'))
    .map(
      ([name, many, on, off]) =>
        `<select ATTRS name="${name}" ${many}><option ${off} ${on}>VALUE</option></select>`,
    ),
  name.map(name => `<input ATTRS type="number" name="${name}" value="7.5">`),
)

const control = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(field, text).map(([html, value]) => html.replace('VALUE', value)) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        field.filter(html => html.includes('VALUE')),
        secret,
      )
      .map(([html, hide]) => hide(html.replace('VALUE', 'SECRET'))),
  },
  { weight: 1, arbitrary: name.map(name => `<input type="password" name="${name}" value="SECRET">`) },
  {
    weight: 1,
    arbitrary: name.map(name => `<input type="password" data-shown name="${name}" value="SECRET">`),
  },
  { weight: 1, arbitrary: name.map(name => `<input name="${name}Password" value="SECRET">`) },
  { weight: 1, arbitrary: name.map(name => `<input type="hidden" name="${name}" value="SECRET">`) },
  { weight: 1, arbitrary: name.map(name => `<button name="${name}" value="SECRET">Go</button>`) },
  { weight: 1, arbitrary: name.map(name => `<input type="submit" name="${name}" value="SECRET">`) },
)

const form = fc
  .tuple(fc.array(control, { maxLength: 8 }), fc.array(control, { maxLength: 2 }), control)
  .map(([open, off, outside]) => {
    const html = `<form id="f">${open.join('')}<fieldset disabled>${off.join('')}</fieldset></form>`
    return (html + outside.replace(/<(input|select|textarea)/, '<$1 form="f"')).replaceAll('ATTRS', '')
  })

/** For each form: the names that its data has and that hold something open, and what the built script collects. */
function readForms(forms: string[]) {
  return page.evaluate(forms => {
    const main = document.querySelector('main') as HTMLElement
    const tourhook = window.tourhook as unknown as import('../../src/tourhook.ts').Tourhook
    return forms.map(html => {
      main.innerHTML = html
      for (const shown of main.querySelectorAll<HTMLInputElement>('[data-shown]')) shown.type = 'text'
      const form = main.querySelector('form') as HTMLFormElement
      const entries = [...new FormData(form)].filter(([, value]) => value !== 'SECRET')
      tourhook.start('t')?.close()
      const run = tourhook.start('t')
      run?.collect(form)
      return { names: entries.map(([name]) => name), answers: Object.entries(run?.answers ?? {}) }
    })
  }, forms)
}

it(`collects from ${runs * 250} random forms the names that their data has, and no private value`, {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(form, { minLength: 250, maxLength: 250 }), async forms => {
      const results = await readForms(forms)
      results.forEach(({ names, answers }, index) => {
        // A form's data knows nothing of a box that is not ticked.
        const isUnticked = (value: unknown) => value === false || (Array.isArray(value) && value.length === 0)
        const said = answers.filter(([name, value]) => names.includes(name) || !isUnticked(value))
        expect({ form: forms[index], names: said.map(([name]) => name).sort() }).toEqual({
          form: forms[index],
          names: [...new Set(names)].sort(),
        })
        expect({ form: forms[index], answers: JSON.stringify(answers) }).not.toMatchObject({
          answers: expect.stringContaining('SECRET'),
        })
      })
    }),
    { numRuns: runs, endOnFailure: true },
  )
})
