import { isRebuilt, text } from './rebuild.ts'

/*
 * A list of ten thousand messages of which a screenful is in the document, in nodes that are used again: the order
 * of the nodes is not that of the rows, and `data-index` says where a row stands today.
 */
const rowHeight = 30
const shown = 9
const first = isRebuilt ? 37 : 40

const people = ['ann', 'bob', 'cem', 'dora', 'eve', 'finn', 'gil']
const keyOf = (message: number) => `m-${message}`

function rowOf(message: number): string {
  const index = message + (isRebuilt ? 3 : 0)
  const person = people[message % people.length]
  const pick = (part: string) => (message >= 40 && message < 46 ? `pick="${part} ${message}"` : '')
  return `<div role="row" data-index="${index}" aria-rowindex="${index + 1}" data-message="${keyOf(message)}"
      class="${text('css-1a2b3c', 'css-9x8y7z')}" style="position: absolute; top: ${index * rowHeight}px" ${pick('row')}>
    <input type="checkbox" ${pick('box')}>
    <a href="/messages/${keyOf(message)}" ${pick('subject')}>${text('Hello', 'Hallo')} ${message}</a>
    <span class="from" ${pick('from')}>${text('from', 'von')} ${person}</span>
    <button type="button" ${pick('star')}>☆</button>
  </div>`
}

const messages = Array.from({ length: shown }, (_, place) => first + ((place * 4) % shown))

document.body.innerHTML = `
  ${isRebuilt ? '<p>Neu: Ordner</p>' : ''}
  <div class="toolbar">
    ${['archive', 'spam', 'label'].map(name => `<button type="button" data-command="${name}" pick="${name} command">${text(name, `${name}!`)}</button>`).join('')}
    <input type="search" name="query" placeholder="${text('Search mail', 'Suche')}" pick="query">
  </div>
  <div role="grid" id="inbox" style="height: 300px; overflow: auto" pick="inbox">
    <div style="height: ${10_000 * rowHeight}px; position: relative" pick="sizer">${messages.map(rowOf).join('')}</div>
  </div>
  <p role="status" pick="status">${text('10,000 messages', '10.000 Nachrichten')}</p>`
document.querySelector('#inbox')?.scrollTo(0, first * rowHeight)
