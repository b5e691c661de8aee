// Why a text is no JSON. None of these sentences quotes the text, in which a secret may stand.

/** What stands where a file's one value should begin, if it is plainly of another kind. */
export function beginningFault(rest: string): string | undefined {
  if (rest.startsWith('<')) return 'this looks like HTML; a config is JSON alone, and begins with {'
  if (rest.startsWith('```')) return 'this looks like Markdown; leave out the lines of ```'
  if (/^(?:export|module|const|let|var|window|import|return|function|\()(?![\w-]*:)/.test(rest))
    return 'this looks like JavaScript; a config is JSON, and begins with {'
  if (/^(?:---|%YAML|- |[\w-]+:(?:\s|$))/.test(rest))
    return 'this looks like YAML; a config is JSON, and begins with {'
  return undefined
}

/** What may not follow a file's one value. */
export function endingFault(rest: string): string {
  if (isComment(rest)) return 'JSON has no comments'
  if (/^[:,]/.test(rest)) return 'the { and } around the whole are missing'
  return 'something follows after the end; a file holds one object'
}

export function valueFault(rest: string): string {
  if (rest.startsWith('"')) return textFault(rest)
  if (isComment(rest)) return 'JSON has no comments'
  if (/^['‘’“”„«`]/.test(rest)) return 'a text needs straight double quotes around it'
  if (/^(?:\.\.\.|…)/.test(rest)) return 'nothing can be left out; write what the dots stand for'
  if (/^[+.\d-]/.test(rest)) return 'a number is written like 12, -1 or 0.5'
  if (/^(?:undefined|none|nan|infinity)\b/i.test(rest)) return 'JSON has no such value; leave the key out'
  if (/^(?:true|false|null)\b/i.test(rest)) return 'expected true, false or null, in small letters'
  return 'expected a value; a text needs double quotes around it'
}

export function nameFault(rest: string): string {
  if (rest.startsWith('"')) return textFault(rest)
  if (isComment(rest)) return 'JSON has no comments'
  if (/^(?:\.\.\.|…)/.test(rest)) return 'nothing can be left out; write what the dots stand for'
  return 'a name needs straight double quotes around it'
}

export function colonFault(next: string): string {
  return next === '=' ? 'a colon belongs here, not =' : 'a colon is missing between the name and its value'
}

export function commaFault(closer: string, next: string): string {
  if (next === '}' || next === ']') return `expected ${closer}, got ${next}`
  if (next === '/' || next === '#') return 'JSON has no comments'
  if (next === ';') return 'a comma belongs here, not ;'
  if (next === ':' || next === '=') return `unexpected ${next}`
  return `a comma is missing before this, or a ${closer}`
}

/** Spaces and marks that nobody sees, such as those that a word processor or a chat puts in. */
export function invisibleFault(character = ''): string | undefined {
  if (!/[\u0080-\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]/.test(character))
    return undefined
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
  return `a character that can't be seen (U+${code}) stands here; delete it`
}

/** What a text says that has a curly quote in it, and goes on to where the next one begins. */
export const curlyFault = 'a curly quote ends no text; write a straight one'

function textFault(rest: string): string {
  const [line = ''] = rest.slice(1).split(/[\n\r]/, 1)
  const hasEnd = /^(?:[^"\\]|\\.)*"/.test(line)
  if (hasEnd) return 'in a text, \\ is written as \\\\, and a tab as \\t'
  const remedy = /[“”„]/.test(line) ? curlyFault : 'a new line in a text is written as \\n'
  return `this text has no double quote at its end, on the same line; ${remedy}`
}

function isComment(rest: string): boolean {
  return /^\/[/*]|^#|^<!--/.test(rest)
}
