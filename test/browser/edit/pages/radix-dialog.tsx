import * as Dialog from '@radix-ui/react-dialog'
import { useId } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { isRebuilt, order, text } from './rebuild.ts'

function Labelled({ name, isNamed }: { name: string; isNamed: boolean }) {
  const id = useId()
  return (
    <div className={text('sc-bdVaJa kEfqYz', 'sc-gsTCUz hqXvAf')}>
      <label htmlFor={id} pick={`${name} label`}>
        {text(name, `${name}:`)}
      </label>
      <input
        id={id}
        name={isNamed ? name : undefined}
        placeholder={text(name, `Ihr ${name}`)}
        pick={`${name} field`}
      />
    </div>
  )
}

function Person({ name }: { name: string }) {
  return (
    <li className={text('sc-eCApnc jQbKzz', 'sc-fubCfw bNtRvv')}>
      <span pick={`${name} name`}>{text(name, name.toUpperCase())}</span>
      <select name={`role[${name}]`} pick={`${name} role`}>
        <option>{text('Editor', 'Redakteur')}</option>
      </select>
      <button type="button" pick={`${name} remove`}>
        {text('Remove', 'Entfernen')}
      </button>
    </li>
  )
}

function Hint() {
  return <p id={useId()}>Neu: Rollen</p>
}

function App() {
  return (
    <main>
      {isRebuilt && <Hint />}
      <h1>{text('Projects', 'Projekte')}</h1>
      {order(['open', 'share', 'archive']).map(name => (
        <button key={name} type="button" data-action={name} pick={`${name} behind`}>
          {text(name, `${name}!`)}
        </button>
      ))}
      <Dialog.Root open>
        <Dialog.Trigger>{text('Invite', 'Einladen')}</Dialog.Trigger>
        <Dialog.Portal>
          <Dialog.Overlay style={{ position: 'fixed', inset: 0 }} />
          <Dialog.Content pick="dialog" style={{ position: 'fixed', top: 0 }}>
            <Dialog.Title pick="dialog title">{text('Invite people', 'Leute einladen')}</Dialog.Title>
            <Dialog.Description pick="dialog text">
              {text('They get a mail.', 'Sie bekommen Post.')}
            </Dialog.Description>
            <form className={text('sc-hKgILt dTbCzz', 'sc-pFZIQ cWvMmm')} pick="invitation">
              {order(['mail', 'company']).map(name => (
                <Labelled key={name} name={name} isNamed />
              ))}
              <Labelled name="note" isNamed={false} />
              <ul id="members" pick="members">
                {order(['ann', 'bob', 'cem']).map(name => (
                  <Person key={name} name={name} />
                ))}
              </ul>
              <footer>
                {order([
                  <Dialog.Close key="close" pick="cancel">
                    {text('Cancel', 'Abbrechen')}
                  </Dialog.Close>,
                  <button key="send" type="submit" pick="send">
                    {text('Send', 'Senden')}
                  </button>,
                ])}
              </footer>
            </form>
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
    </main>
  )
}

const root = createRoot(document.body.appendChild(document.createElement('div')))
flushSync(() => root.render(<App />))
