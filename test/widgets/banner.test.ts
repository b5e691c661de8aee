import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createBanner, createTourhook, type Tourhook } from '../../src/index.ts'

const config = { banners: [{ id: 'news', content: 'Hi {firstName}, boards are faster now.' }] }
const opened: Tourhook[] = []

beforeEach(() => {
  localStorage.clear()
  sessionStorage.clear()
})
afterEach(() => {
  for (const tourhook of opened.splice(0)) tourhook.destroy()
})

function openPage(userId = 'ada') {
  const requests: { events: { name: string }[] }[] = []
  const tourhook = createTourhook(config, {
    tags: { userId, firstName: 'Ada' },
    server: 'https://companion.example',
    fetch: async (input, init) => {
      requests.push(await new Request(input, init).json())
      return new Response()
    },
  })
  opened.push(tourhook)
  const names = () =>
    requests.flatMap(({ events }) => events.map(({ name }) => name)).filter(name => name.startsWith('banner'))
  return { tourhook, banner: createBanner(tourhook, 'news'), names }
}

test('its placeholders are filled', () => {
  expect(openPage().banner.content).toBe('Hi Ada, boards are faster now.')
})

test('the companion hears once that it was seen, and once that it was closed', async () => {
  const { banner, names } = openPage()
  for (const act of [banner.see, banner.see, banner.close, banner.close]) act()
  expect(banner).toMatchObject({ isSeen: true, isClosed: true })
  await vi.waitFor(() => expect(names().toSorted()).toEqual(['banner_closed', 'banner_seen']))
})

test('is kept for each user', () => {
  openPage('ada').banner.close()
  expect(openPage('ada').banner.isClosed).toBe(true)
  expect(openPage('bob').banner.isClosed).toBe(false)
})

test('without consent it stays closed while the page lives', () => {
  const tourhook = createTourhook(config, { consent: false })
  opened.push(tourhook)
  const banner = createBanner(tourhook, 'news')
  banner.close()
  expect(banner.isClosed).toBe(true)
  expect(localStorage).toHaveLength(0)
})

test('listeners hear of each change', () => {
  const { banner } = openPage()
  const listener = vi.fn()
  banner.onChange(listener)
  banner.close()
  expect(listener).toHaveBeenCalledTimes(1)
})

test('closing what another tab has closed is heard, so that what is drawn here can go', () => {
  const { banner } = openPage()
  const listener = vi.fn()
  banner.onChange(listener)
  openPage().banner.close()
  banner.close()
  expect(listener).toHaveBeenCalledTimes(1)
})

test('says which banner there is not', () => {
  expect(() => createBanner(openPage().tourhook, 'nope')).toThrow('no banner has the id "nope"')
})
