import { beforeEach, expect, it } from 'vitest'
import { neighbourOf } from '../../../src/edit/overlay/neighbours.ts'

beforeEach(() => {
  document.body.innerHTML = `
    <main id="main">
      <header id="header"><a id="home" href="/">Home</a></header>
      <script id="script" type="text/plain"></script>
      <section id="section"><p id="words">Words</p><button id="save">Save</button></section>
    </main>
    <button id="last">Last</button>`
})

const $ = (id: string) => document.getElementById(id) ?? undefined
const to = (id: string | undefined, key: string, isShift = false) =>
  neighbourOf(id === undefined ? undefined : $(id), key, isShift)?.id

it('Tab goes to what takes the focus, round at the end', () => {
  expect(to(undefined, 'Tab')).toBe('home')
  expect(to('home', 'Tab')).toBe('save')
  expect(to('save', 'Tab', true)).toBe('home')
  expect(to('last', 'Tab')).toBe('home')
  expect(to('home', 'Tab', true)).toBe('last')
})

it('Tab goes on from what takes no focus', () => {
  expect(to('words', 'Tab')).toBe('save')
  expect(to('words', 'Tab', true)).toBe('home')
})

it('the arrows go to parent, child and siblings', () => {
  expect(to('save', 'ArrowUp')).toBe('section')
  expect(to('main', 'ArrowDown')).toBe('header')
  expect(to('words', 'ArrowRight')).toBe('save')
  expect(to('save', 'ArrowLeft')).toBe('words')
})

it('the arrows begin at the first that takes the focus', () => {
  expect(to(undefined, 'ArrowDown')).toBe('home')
})

it('there is nothing above the body, and nothing beside an only child', () => {
  expect(neighbourOf(document.body, 'ArrowUp', false)).toBeUndefined()
  expect(to('home', 'ArrowRight')).toBeUndefined()
  expect(to('home', 'x')).toBeUndefined()
})

it('goes into open shadow roots, and out of them', () => {
  const host = document.createElement('div')
  const inner = document.createElement('button')
  host.attachShadow({ mode: 'open' }).append(inner)
  document.body.append(host)
  expect(neighbourOf(host, 'ArrowDown', false)).toBe(inner)
  expect(neighbourOf(inner, 'ArrowUp', false)).toBe(host)
})
