import styled from '@emotion/styled'
import Button from '@mui/material/Button'
import IconButton from '@mui/material/IconButton'
import Switch from '@mui/material/Switch'
import Tab from '@mui/material/Tab'
import Tabs from '@mui/material/Tabs'
import TextField from '@mui/material/TextField'
import { useId } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { isRebuilt, order, text } from './rebuild.ts'
import css from './shop.module.css'

const Notice = styled.p({ padding: isRebuilt ? 12 : 8 })
const Toolbar = styled.div({ display: 'flex', gap: isRebuilt ? 6 : 4 })
const Chip = styled.button({ borderRadius: isRebuilt ? 4 : 2 })

const products = ['lamp', 'chair', 'desk', 'shelf']
const links = ['shop', 'news', 'contact']

function Field({ name, label }: { name: string; label: string }) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id} pick={`${name} label`}>
        {label}
      </label>
      <input id={id} name={name} placeholder={label} pick={`${name} input`} />
    </div>
  )
}

function Hint() {
  const id = useId()
  return <p id={id}>{text('', 'New here? Take ten percent off.')}</p>
}

function Product({ name }: { name: string }) {
  return (
    <article className={css.product}>
      <h3 pick={`${name} name`}>{text(name, `die ${name}`)}</h3>
      <a href={`/products/${name}`} pick={`${name} link`}>
        {text('Details', 'Mehr')}
      </a>
      <span className={css.price} pick={`${name} price`}>
        {text('9 €', '12 €')}
      </span>
      <button type="button" className={css.add} pick={`${name} add`}>
        {text('Add', 'Hinzufügen')}
      </button>
    </article>
  )
}

function App() {
  return (
    <div className={css.app}>
      {isRebuilt && <Hint />}
      <header>
        <nav>
          {order(links, 'jobs').map(link => (
            <Button key={link} href={`/${link}`} {...(link !== 'jobs' && { pick: `${link} nav` })}>
              {text(link, `zu ${link}`)}
            </Button>
          ))}
        </nav>
        <Toolbar>
          {order(['Search', 'Account', 'Basket']).map(label => (
            <IconButton
              key={label}
              aria-label={text(label, `${label} öffnen`)}
              data-testid={label === 'Basket' ? 'basket' : undefined}
              pick={`${label} tool`}
            >
              <svg width="10" height="10" />
            </IconButton>
          ))}
        </Toolbar>
      </header>
      <section className={css.hero} pick="hero">
        <h1 className={css.title} pick="hero title">
          {text('Furniture', 'Möbel')}
        </h1>
        <Notice pick="notice">{text('Free delivery', 'Lieferung frei')}</Notice>
      </section>
      <div className={css.products} pick="product list">
        {order(products, 'stool').map(name =>
          name === 'stool' ? <Other key={name} /> : <Product key={name} name={name} />,
        )}
      </div>
      <Tabs value={0}>
        {order(['reviews', 'delivery', 'returns']).map(tab => (
          <Tab key={tab} label={text(tab, `${tab} 2`)} pick={`${tab} tab`} />
        ))}
      </Tabs>
      <form action="/checkout" className={css.summary} pick="checkout">
        {order(['email', 'street', 'city']).map(name => (
          <Field key={name} name={name} label={text(`Your ${name}`, `${name} bitte`)} />
        ))}
        <TextField label={text('Voucher', 'Gutschein')} slotProps={{ htmlInput: { pick: 'voucher' } }} />
        <Switch slotProps={{ input: { name: 'gift', pick: 'gift' } as object }} />
        <div className={css.total} pick="total">
          {text('38 €', '49 €')}
        </div>
        <button type="submit" className={css.pay} pick="pay">
          {text('Pay', 'Zahlen')}
        </button>
        {order(['gift note', 'no invoice']).map(chip => (
          <Chip key={chip} type="button" pick={`${chip} chip`}>
            {text(chip, `${chip}?`)}
          </Chip>
        ))}
      </form>
    </div>
  )
}

/** A product that only the next build has. */
function Other() {
  return (
    <article className={css.product}>
      <h3>Hocker</h3>
      <a href="/products/stool">Mehr</a>
      <span className={css.price}>3 €</span>
      <button type="button" className={css.add}>
        Hinzufügen
      </button>
    </article>
  )
}

const root = createRoot(document.body.appendChild(document.createElement('div')))
flushSync(() => root.render(<App />))
