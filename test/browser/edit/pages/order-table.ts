import { type Build, nextBuild } from './next-build.ts'

/** A shop's orders: thirty rows alike, with the same buttons; the next build sorts them another way and adds one. */
export function orderTable(build: Build): string {
  const { text, order, hash, isRebuilt } = nextBuild(build)
  const numbers = Array.from({ length: 30 }, (_, index) => 1041 + index)
  const row = (number: number) => {
    const pick = (part: string) => (number % 8 === 1 ? `pick="${part} ${number}"` : '')
    return `<tr data-order-id="${number}" class="row-${hash('row')}" ${pick('row')}>
      <td><input type="checkbox" ${pick('box')}></td>
      <td><a href="/orders/${number}" ${pick('link')}>#${number}</a></td>
      <td class="customer" ${pick('customer')}>${text('Ann', 'Frau')} ${number % 7}</td>
      <td ${pick('sum')}>${number * 3} ${text('EUR', '€')}</td>
      <td><span class="badge badge-green" ${pick('state')}>${text('paid', 'bezahlt')}</span></td>
      <td><button type="button" data-action="refund" ${pick('refund')}>${text('Refund', 'Erstatten')}</button>
        <button type="button" ${pick('print')}>${text('Print', 'Drucken')}</button></td>
    </tr>`
  }
  const heads = order(['number', 'customer', 'sum', 'state']).map(
    name => `<th data-sort="${name}" ${`pick="${name} head"`}>${text(name, `${name} v`)}</th>`,
  )
  // Rows without a key of their own: nothing but their words tells them apart.
  const stock = order(['mug', 'bowl', 'vase']).map(
    name =>
      `<tr><td pick="${name} cell">${text(name, `die ${name}`)}</td><td><button type="button" pick="${name} count">+1</button></td></tr>`,
  )
  return `<body>
  ${isRebuilt ? '<p>Neu: Berichte</p>' : ''}
  <form id="filter" pick="filter">
    <select name="state" pick="state filter"><option>${text('all', 'alle')}</option></select>
    <input type="date" name="since" pick="since">
    <button class="btn-${hash('btn')}" pick="apply">${text('Filter', 'Filtern')}</button>
    <a href="/orders.csv" pick="export">CSV</a>
  </form>
  <table id="orders" pick="orders">
    <thead><tr><th></th>${heads.join('')}<th></th></tr></thead>
    <tbody pick="body">${(isRebuilt ? [1100, ...numbers.toReversed()] : numbers).map(row).join('')}</tbody>
  </table>
  <table class="stock"><caption pick="caption">${text('Stock', 'Lager')}</caption><tbody>${stock.join('')}</tbody></table>
  <nav aria-label="${text('Pages', 'Seiten')}" pick="pages">
    <a href="?page=1" rel="prev" pick="previous">‹</a><a href="?page=3" rel="next" pick="next">›</a>
  </nav></body>`
}
