import { styleText } from 'node:util'

/** Colours a text, unless the output is no terminal or NO_COLOR is set (https://no-color.org). */
export function paint(style: 'green' | 'red' | 'yellow' | 'dim' | 'bold', text: string): string {
  return styleText(style, text, { stream: process.stdout })
}

/** Writes a line for a person. */
export function print(line = ''): void {
  process.stdout.write(`${line}\n`)
}

/** Writes a line for a program. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

/** What others sent, on one line: without what a terminal obeys, what looks like a line of ours, or turns a text round. */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/gu, '\ufffd')
}

/** The same, of a text of several lines. */
export function plainLines(text: string): string {
  return text.split('\n').map(plain).join('\n')
}

/** The time of day, such as `09:00:00`. */
export function timeOfDay(ms = Date.now()): string {
  return new Date(ms).toLocaleTimeString('en-GB')
}

/** `1 tour`, `2 tours`. */
export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
