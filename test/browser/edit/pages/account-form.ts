import { type Build, nextBuild } from './next-build.ts'

/** What a server's templates write, as Rails and Django do: ids and names of fields, semantic classes, no scripts. */
export function accountForm(build: Build): string {
  const { text, order, isRebuilt } = nextBuild(build)
  const field = (name: string) => `<div class="field" pick="${name} field">
      <label for="user_${name}" pick="${name} label">${text(name, `Ihr ${name}`)}</label>
      <input id="user_${name}" name="user[${name}]" pick="${name} input">
      <small class="hint" pick="${name} hint">${text('Please', 'Bitte')}</small>
    </div>`
  const items = order(['orders', 'addresses', 'security'], 'points').map(
    name =>
      `<li class="nav-item"><a class="nav-link${name === 'orders' ? ' active' : ''}" href="/account/${name}" ${name === 'points' ? '' : `pick="${name} entry"`}>${text(name, `${name}!`)}</a></li>`,
  )
  const cards = order(['visa', 'giro']).map(
    name => `<li class="method" pick="${name} method">
      <img src="/assets/${name}-${text('a8f3x1', 'b7k2m9')}.png" alt="${text(name, `${name} Karte`)}" width="9" height="9">
      <form action="/methods/${name}" method="post"><input type="hidden" name="_method" value="delete">
        <input type="submit" value="${text('Remove', 'Entfernen')}" pick="${name} remove"></form>
    </li>`,
  )
  return `<body class="account edit">
  ${isRebuilt ? '<div class="alert alert-info">Neu: Punkte</div>' : ''}
  <nav class="navbar" pick="navbar"><ul class="nav">${items.join('')}</ul>
    <form class="button_to" method="post" action="/logout"><button type="submit" pick="logout">${text('Log out', 'Abmelden')}</button></form>
  </nav>
  <div class="container" id="content" pick="content">
    <h1 pick="title">${text('Your account', 'Ihr Konto')}</h1>
    <form class="edit_user" id="edit_user_4711" action="/account" method="post" pick="form">
      <input type="hidden" name="authenticity_token" value="${text('Xk3v9aPq', 'mT7wR2zL')}">
      ${order(['email', 'phone', 'birthday']).map(field).join('')}
      <fieldset pick="mails"><legend pick="mails title">${text('Mails', 'Post')}</legend>
        ${order(['offers', 'news'])
          .map(
            name =>
              `<label pick="${name} choice"><input type="checkbox" name="user[mails][]" value="${name}" pick="${name} box"> ${text(name, `${name} an`)}</label>`,
          )
          .join('')}
      </fieldset>
      <div class="actions" pick="actions">
        <input type="submit" name="commit" value="${text('Save', 'Speichern')}" class="btn btn-primary" pick="save">
        <a href="/account" class="btn" pick="back">${text('Back', 'Zurück')}</a>
      </div>
    </form>
    <ul class="methods" pick="methods">${cards.join('')}</ul>
  </div></body>`
}
