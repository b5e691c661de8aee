import { type Build, nextBuild } from './next-build.ts'

/** A product's front page in Tailwind's classes, with a menu of Headless UI; the next build has a new look. */
export function tailwindPage(build: Build): string {
  const { text, order, isRebuilt } = nextBuild(build)
  const ink = text('text-slate-700', 'text-zinc-800')
  const pad = text('px-4 py-2', 'px-6 py-3')
  const button = `inline-flex items-center rounded-${text('md', 'full')} ${pad} font-semibold hover:bg-${text('blue', 'violet')}-500`
  const menu = text(':r1:', ':r7:')
  const links = order(['features', 'pricing', 'faq'], 'blog').map(
    name =>
      `<a href="${name === 'blog' ? '/blog' : `#${name}`}" class="${ink} text-sm" ${name === 'blog' ? '' : `pick="${name} link"`}>${text(name, `${name}?`)}</a>`,
  )
  const features = order(['fast', 'safe', 'small']).map(
    name => `<div class="rounded-lg ${pad} shadow-${text('sm', 'xl')}" pick="${name} feature">
      <svg class="h-6 w-6" width="9" height="9"><use href="#icon-${name}"></use></svg>
      <h3 class="font-bold ${ink}" pick="${name} title">${text(name, `so ${name}`)}</h3>
      <p class="mt-2 ${ink}" pick="${name} text">${text('You will see.', 'Sehen Sie selbst.')}</p>
    </div>`,
  )
  const plans = order(['hobby', 'team', 'firm']).map(
    name => `<div class="flex flex-col ${pad} ring-1" ${name === 'team' ? 'data-testid="plan-team"' : ''} pick="${name} plan">
      <h3 class="text-lg" pick="${name} plan name">${text(name, `Tarif ${name}`)}</h3>
      <a href="/signup?plan=${name}" class="${button}" pick="${name} buy">${text('Buy', 'Kaufen')}</a>
    </div>`,
  )
  const questions = order(['refund', 'cancel', 'invoice']).map(
    name => `<button type="button" class="flex w-full justify-between ${pad}" aria-expanded="false" pick="${name} question">
      ${text(name, `${name}?`)}</button>`,
  )
  return `<body class="antialiased bg-${text('white', 'zinc-50')}">
  ${isRebuilt ? '<div class="bg-violet-600 text-white">Neu: Teams</div>' : ''}
  <header class="flex items-center justify-between ${pad}" pick="header">
    <a href="/" aria-label="${text('Home', 'Start')}" pick="home"><svg width="9" height="9"></svg></a>
    <nav class="hidden md:flex gap-${text('4', '8')}" pick="nav">${links.join('')}</nav>
    <button type="button" id="headlessui-menu-button-${menu}" aria-haspopup="menu" class="${button}" pick="menu">${text('Menu', 'Menü')}</button>
  </header>
  <main>
    <section class="py-${text('16', '24')}" pick="hero">
      <h1 class="text-${text('4xl', '6xl')} font-bold" pick="hero title">${text('Ship it', 'Fertig')}</h1>
      <p class="mt-4 ${ink}" pick="hero text">${text('In minutes', 'In Minuten')}</p>
      <a href="/signup" class="${button}" pick="start">${text('Start', 'Los')}</a>
      <a href="/demo" class="${button}" pick="demo">${text('Demo', 'Zeigen')}</a>
    </section>
    <section id="features" class="grid grid-cols-${text('3', '2')}" pick="features">${features.join('')}</section>
    <section id="pricing" class="grid gap-${text('4', '6')}" pick="pricing">${plans.join('')}</section>
    <section id="faq" class="divide-y" pick="faq">${questions.join('')}</section>
    <form action="/newsletter" class="flex ${pad}" pick="newsletter">
      <input type="email" name="email" required placeholder="${text('Mail', 'Ihre Post')}" class="rounded-${text('md', 'full')}" pick="mail">
      <button class="${button}" pick="subscribe">${text('Subscribe', 'Bestellen')}</button>
    </form>
  </main>
  <footer class="${pad} ${ink}" pick="footer">
    ${order(['imprint', 'privacy', 'terms'])
      .map(name => `<a href="/${name}" class="${ink}" pick="${name} foot">${text(name, `${name}.`)}</a>`)
      .join('')}
  </footer></body>`
}
