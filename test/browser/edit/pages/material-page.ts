import { type Build, nextBuild } from './next-build.ts'

/** What Angular Material draws, with the attributes and numbered ids that Angular adds to each element. */
export function materialPage(build: Build): string {
  const { text, order, hash, isRebuilt } = nextBuild(build)
  const scope = `_ngcontent-ng-c${build === 1 ? '1833902711' : '2904417366'}`
  let count = isRebuilt ? 4 : 0
  const field = (name: string) => {
    const id = count++
    return `<mat-form-field ${scope} class="mat-mdc-form-field ng-tns-c${id + 20}-${id} ng-untouched ng-pristine" pick="${name} field">
      <label for="mat-input-${id}" id="mat-mdc-form-field-label-${id}" pick="${name} label">${text(name, `${name} bitte`)}</label>
      <input ${scope} matinput formcontrolname="${name}" id="mat-input-${id}" class="mat-mdc-input-element" pick="${name} input">
      <mat-icon ${scope} class="mat-icon notranslate material-icons" pick="${name} icon">${name[0]}</mat-icon>
    </mat-form-field>`
  }
  const tabs = order(['flights', 'hotels', 'cars']).map(
    (name, index) =>
      `<div role="tab" id="mat-tab-label-${build}-${index}" class="mdc-tab mat-mdc-tab${index === 0 ? ' mdc-tab--active' : ''}" aria-selected="${index === 0}" style="display: inline-block" pick="${name} tab">${text(name, `${name} 2`)}</div>`,
  )
  const offers = order(['oslo', 'rome', 'wien']).map(
    name => `<app-offer ${scope} _nghost-${hash('offer')} style="display: block" pick="${name} offer">
      <mat-card class="mat-mdc-card"><mat-card-title pick="${name} title">${text(name, `nach ${name}`)}</mat-card-title>
        <a ${scope} routerlink="/offers/${name}" href="/offers/${name}" class="mat-mdc-button" pick="${name} more">${text('More', 'Mehr')}</a>
        <button ${scope} mat-button class="mdc-button mat-mdc-button mat-primary" pick="${name} book">${text('Book', 'Buchen')}</button>
      </mat-card></app-offer>`,
  )
  return `<body class="mat-typography"><app-root ng-version="21.0.1" style="display: block">
  ${isRebuilt ? `<app-news ${scope} style="display: block">Neu</app-news>` : ''}
  <mat-toolbar ${scope} class="mat-toolbar" style="display: block" pick="toolbar">
    ${order(['menu', 'person', 'help'])
      .map(
        name =>
          `<button ${scope} mat-icon-button aria-label="${text(name, `${name} öffnen`)}" class="mdc-icon-button" pick="${name} tool"><mat-icon data-mat-icon-name="${name}">.</mat-icon></button>`,
      )
      .join('')}
  </mat-toolbar>
  <app-search ${scope} style="display: block" pick="search"><h2 pick="search title">${text('Where to?', 'Wohin?')}</h2>
    <form ${scope} novalidate class="ng-untouched ng-pristine ng-invalid" pick="form">
      ${order(['from', 'to', 'date']).map(field).join('')}
      <mat-checkbox ${scope} formcontrolname="flexible" id="mat-mdc-checkbox-${count}" pick="flexible"><input type="checkbox" id="mat-mdc-checkbox-${count}-input" pick="flexible box"></mat-checkbox>
      <button ${scope} mat-flat-button type="submit" class="mdc-button mat-mdc-unelevated-button" pick="go">${text('Search', 'Suchen')}</button>
      <button ${scope} mat-button type="reset" class="mdc-button mat-mdc-button" pick="reset">${text('Reset', 'Leeren')}</button>
    </form></app-search>
  <div role="tablist" pick="tabs">${tabs.join('')}</div>
  <section ${scope} class="offers" pick="offers">${offers.join('')}</section>
  <p ${scope} pick="legal">${text('Without taxes', 'Ohne Steuern')}</p>
  </app-root></body>`
}
