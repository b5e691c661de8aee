import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createEvents, reportToPage } from '../src/events.ts'

interface Map {
  error: { error: Error }
  step: number
}

const warn = vi.spyOn(console, 'warn')

beforeEach(() => void warn.mockReturnValue())
afterEach(() => void vi.clearAllMocks())

describe('events', () => {
  it('reach each listener, in order', () => {
    const { on, emit } = createEvents<Map>()
    const heard: string[] = []
    on('step', step => heard.push(`a${step}`))
    on('step', step => heard.push(`b${step}`))
    emit('step', 1)
    emit('step', 2)
    expect(heard).toEqual(['a1', 'b1', 'a2', 'b2'])
  })

  it('reach the others when a listener throws, which is announced with its cause kept', () => {
    const { on, emit } = createEvents<Map>()
    const errors: Error[] = []
    const heard: number[] = []
    const mistake = new Error('listener')
    on('error', ({ error }) => errors.push(error))
    on('step', () => {
      throw mistake
    })
    on('step', step => heard.push(step))
    emit('step', 1)
    expect(heard).toEqual([1])
    expect(errors).toEqual([mistake])
    expect(warn).toHaveBeenCalledWith('[tourhook]', mistake)
  })

  it('end where a listener of error throws: the console has it, and the others still hear', () => {
    const shown = vi.spyOn(console, 'error').mockReturnValue()
    const { on, reportError: announce } = createEvents<Map>()
    const errors: Error[] = []
    const mistake = new Error('listener of error')
    on('error', () => {
      throw mistake
    })
    on('error', ({ error }) => errors.push(error))
    announce(new Error('first'))
    expect(errors.map(({ message }) => message)).toEqual(['first'])
    expect(shown).toHaveBeenCalledWith('[tourhook]', mistake)
  })

  it('make an error of whatever was thrown', () => {
    const { on, reportError: announce } = createEvents<Map>()
    const errors: Error[] = []
    on('error', ({ error }) => errors.push(error))
    for (const thrown of ['a text', undefined, null, 5, Symbol('s')]) announce(thrown)
    expect(errors.every(error => error instanceof Error)).toBe(true)
    expect(errors[0]).toMatchObject({ message: 'a text', cause: 'a text' })
  })

  it('give the result of an attempt, or announce what it throws', () => {
    const { on, attempt } = createEvents<Map>()
    const errors: string[] = []
    on('error', ({ error }) => errors.push(error.message))
    expect(attempt(() => 5)).toBe(5)
    const result = attempt(() => {
      throw new Error('broken')
    })
    expect(result).toBeUndefined()
    expect(errors).toEqual(['broken'])
  })

  it('tell the page of an error even before there is a Tourhook', () => {
    const listener = vi.fn()
    document.addEventListener('tourhook:error', listener)
    const error = reportToPage('no config')
    document.removeEventListener('tourhook:error', listener)
    expect(listener.mock.calls[0]?.[0]).toMatchObject({ detail: { error } })
    expect(warn).toHaveBeenCalledWith('[tourhook]', error)
  })
})
