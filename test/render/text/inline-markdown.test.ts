import { expect, test, vi } from 'vitest'
import { element } from '../../../src/render/layer/element.ts'
import { press } from '../../../src/render/layer/press.ts'
import { drawInline, drawText } from '../../../src/render/text/inline-markdown.ts'
import type { TextOptions } from '../../../src/render/text/text-options.ts'

const html = (text: string, options?: TextOptions) => element('div', {}, drawText(text, options)).innerHTML

test.each([
  ['Hello', '<p>Hello</p>'],
  ['One\n\nTwo', '<p>One</p><p>Two</p>'],
  ['One\nTwo', '<p>One<br>Two</p>'],
  ['**bold** and *italic*', '<p><strong>bold</strong> and <em>italic</em></p>'],
  ['**bold with *italic* in it**', '<p><strong>bold with <em>italic</em> in it</strong></p>'],
  ['`a * b * c`', '<p><code>a * b * c</code></p>'],
  ['2 * 3 * 4 and **', '<p>2 * 3 * 4 and **</p>'],
  ['- one\n- *two*', '<ul><li>one</li><li><em>two</em></li></ul>'],
  ['1. one\n2. two', '<ol><li>one</li><li>two</li></ol>'],
  ['Do:\n- one\nthen rest', '<p>Do:</p><ul><li>one</li></ul><p>then rest</p>'],
  ['[mail](mailto:a@b.example)', '<p><a href="mailto:a@b.example" target="_blank" rel="noopener">mail</a></p>'],
  [
    '[site](https://example.com/)',
    '<p><a href="https://example.com/" target="_blank" rel="noopener">site</a></p>',
  ],
  ['***both***', '<p><strong><em>both</em></strong></p>'],
  ['*em **strong***', '<p><em>em <strong>strong</strong></em></p>'],
  ['**open and *closed*', '<p>**open and <em>closed</em></p>'],
  ['[a [b](https://b.example/)', '<p>[a <a href="https://b.example/" target="_blank" rel="noopener">b</a></p>'],
  [
    '[**b**](https://b.example/)',
    '<p><a href="https://b.example/" target="_blank" rel="noopener"><strong>b</strong></a></p>',
  ],
  ['[no link] (here) ]( x', '<p>[no link] (here) ]( x</p>'],
  ['`open', '<p>`open</p>'],
  ['****', '<p>****</p>'],
  ['', ''],
])('draws %j', (text, drawn) => {
  expect(html(text)).toBe(drawn)
})

test.each([
  '<img src=x onerror=alert(1)>',
  '**<script>alert(1)</script>**',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](data:text/html,<script>alert(1)</script>)',
  '[x](vbscript:x)',
  '`</code><script>`',
  '[<b>x</b>](https://example.com/"onclick=alert(1))',
])('makes no HTML, script or other scheme of %j', text => {
  const drawn = element('div', {}, drawText(text))
  expect(drawn.querySelector('script, img, b, [onclick], [onerror]')).toBeNull()
  for (const link of drawn.querySelectorAll('a')) expect(link.protocol).toBe('https:')
})

test('a link within the site stays in its tab', () => {
  expect(html('[docs](/docs)')).toBe(`<p><a href="${location.origin}/docs">docs</a></p>`)
})

test('a link to a step goes to that step', () => {
  const onStep = vi.fn()
  const drawn = element('div', {}, drawText('[Skip](step:done)', { onStep }))
  drawn.querySelector('button')?.dispatchEvent(new Event(press))
  expect(onStep).toHaveBeenCalledExactlyOnceWith('done')
})

test('a link to a step is text where there are no steps', () => {
  expect(html('[Skip](step:done)')).toBe('<p>[Skip](step:done)</p>')
})

const hostileValue =
  '[Sign in again](https://evil.example/) **now** `code` <b>x</b>\n\n- item [skip](step:done)'

test.each([
  ['{value}', (value: string) => `<p>${value}</p>`],
  ['**{value}**', (value: string) => `<p><strong>${value}</strong></p>`],
  ['- {value}', (value: string) => `<ul><li>${value}</li></ul>`],
  ['`{value}`', (value: string) => `<p><code>${value}</code></p>`],
  ['[{value}](/docs)', (value: string) => `<p><a href="${location.origin}/docs">${value}</a></p>`],
])('a value is text, never Markdown: %j', (text, drawn) => {
  const escaped = element('i', {}, hostileValue).innerHTML
  expect(html(text, { lookup: () => hostileValue, onStep: vi.fn() })).toBe(drawn(escaped))
})

test('a value in a title is text', () => {
  expect(element('h2', {}, drawInline('Hi {name}', { lookup: () => '**Ada**' })).innerHTML).toBe('Hi **Ada**')
})

test.each([
  ['/plans/{plan}', `${location.origin}/plans/a%2F..%2F%40b`],
  ['https://docs.example/?q={plan}', 'https://docs.example/?q=a%2F..%2F%40b'],
  ['{plan}', `${location.origin}/a%2F..%2F%40b`],
])('a value in a link’s target %j is a part of it, never where it leads', (target, href) => {
  const drawn = element('div', {}, drawText(`[x](${target})`, { lookup: () => 'a/../@b' }))
  expect(drawn.querySelector('a')?.href).toBe(href)
})

test.each(['https://evil.example/', '//evil.example', 'javascript:alert(1)', 'step:done', '\uD800'])(
  'a value %j takes a link to no other site and no step',
  value => {
    const onStep = vi.fn()
    const drawn = element('div', {}, drawText('[x]({value})', { lookup: () => value, onStep }))
    expect(drawn.querySelector('button')).toBeNull()
    for (const { origin } of drawn.querySelectorAll('a')) expect(origin).toBe(location.origin)
  },
)

test('a text of values that are missing draws nothing', () => {
  expect(html('{greeting}\n\n*{name}*', { lookup: () => undefined })).toBe('')
})

test('a value is shown up to its thousandth character', () => {
  expect(html('{value}', { lookup: () => 'a'.repeat(5_000) })).toBe(`<p>${'a'.repeat(1_000)}…</p>`)
  expect(html('{value}', { lookup: () => `${'a'.repeat(999)}😀 and more` })).toBe(`<p>${'a'.repeat(999)}…</p>`)
})

test('a link is resolved as the page’s own are, by its <base>', () => {
  const base = element('base', { href: 'https://app.example/v2/' })
  document.head.append(base)
  expect(element('div', {}, drawText('[docs](docs)')).querySelector('a')?.getAttribute('href')).toBe(
    'https://app.example/v2/docs',
  )
  base.remove()
})
