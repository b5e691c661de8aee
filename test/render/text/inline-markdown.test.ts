import { expect, test, vi } from 'vitest'
import { element } from '../../../src/render/layer/element.ts'
import { drawText, type TextOptions } from '../../../src/render/text/inline-markdown.ts'

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
  drawn.querySelector('button')?.click()
  expect(onStep).toHaveBeenCalledExactlyOnceWith('done')
})

test('a link to a step is text where there are no steps', () => {
  expect(html('[Skip](step:done)')).toBe('<p>[Skip](step:done)</p>')
})
