import { type Problem, pathText } from '../config-error.ts'
import {
  beginningFault,
  colonFault,
  commaFault,
  curlyFault,
  endingFault,
  invisibleFault,
  nameFault,
  valueFault,
} from './json-faults.ts'

/** A place in a text, both counted from 1. */
export interface Position {
  line: number
  column: number
}

/** Why a text is not JSON, and where; it quotes nothing of the text, in which a secret may stand. */
export class JsonFault extends Error {
  override name = 'JsonFault'
  readonly position: Position

  constructor(reason: string, position: Position) {
    super(`line ${position.line}, column ${position.column}: ${reason}`)
    this.position = position
  }
}

/** A JSON text that was read. */
export interface JsonText {
  value: unknown
  /** Names that an object has twice: JSON keeps the last in silence. */
  doubled: Problem[]
  /** Where the value at a path stands, or the nearest one around it that there is. */
  positionOf(path: string): Position
}

interface Frame {
  opener: '{' | '['
  opened: number
  path: PropertyKey[]
  /** The names that an object has had. */
  names: Set<string>
  expects: 'value' | 'name' | 'colon' | 'comma'
  /** Nothing has come since the bracket, so that it may close. */
  isEmpty: boolean
  /** An object's name, an array's index. */
  key: PropertyKey
}

const space = /[ \t\n\r]*/y
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON's texts hold none
const quoted = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y
const word = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y
/** Deeper than any config is; what is in there stands where the outermost stands. */
const maxDepth = 60

/**
 * Reads a JSON text, and where in it each value stands.
 *
 * One pass over the text, whatever is in it.
 *
 * @throws {JsonFault} says where it is no JSON, and what is wrong there.
 */
export function readJsonText(source: string): JsonText {
  const text = source.replace(/^\ufeff/, '')
  const positionAt = createPositions(text)
  const positions = new Map<string, number>()
  const doubled: Problem[] = []
  const stack: Frame[] = []
  let at = 0
  /** Where the last text or number began. */
  let valueAt = 0
  let isDone = false

  function skip(pattern: RegExp): string | undefined {
    pattern.lastIndex = at
    const [found] = pattern.exec(text) ?? []
    if (found !== undefined) at += found.length
    return found
  }

  function fail(reason: string, offset = at): never {
    throw new JsonFault(invisibleFault(text[offset]) ?? reason, positionAt(offset))
  }

  function failAtComma({ opener }: Frame, next: string): never {
    // A text that ends with a curly quote has run on to where the next one begins.
    const curly = /\w/.test(next) ? text.slice(valueAt, at).search(/[“”„]\s*[,:\]}]/) : -1
    if (curly > 0) fail(curlyFault, valueAt + curly)
    fail(commaFault(opener === '{' ? '}' : ']', next))
  }

  function begin(): void {
    const frame = stack.at(-1)
    if (stack.length <= maxDepth) positions.set(pathText(frame ? [...frame.path, frame.key] : []), at)
    if (frame) Object.assign(frame, { expects: 'comma', isEmpty: false })
    const next = text[at]
    if (next === '{' || next === '[') {
      const path = frame && stack.length <= maxDepth ? [...frame.path, frame.key] : []
      const expects = next === '{' ? 'name' : 'value'
      stack.push({ opener: next, opened: at, path, names: new Set(), expects, isEmpty: true, key: 0 })
      at += 1
      return
    }
    valueAt = at
    if (skip(quoted) === undefined && skip(word) === undefined) {
      const rest = text.slice(at)
      fail((frame ? undefined : beginningFault(rest)) ?? valueFault(rest))
    }
    isDone = stack.length === 0
  }

  function close(): void {
    at += 1
    stack.pop()
    isDone = stack.length === 0
  }

  function name(frame: Frame): void {
    const start = at
    const found = skip(quoted) ?? fail(nameFault(text.slice(at)))
    const key = String(JSON.parse(found))
    if (frame.names.has(key)) {
      const path = pathText([...frame.path, key])
      doubled.push({ path, message: `"${key}" stands here twice; only the last one counts` })
      positions.set(path, start)
    }
    frame.names.add(key)
    Object.assign(frame, { key, expects: 'colon', isEmpty: false })
  }

  while (!isDone) {
    skip(space)
    const frame = stack.at(-1)
    const next = text[at]
    if (next === undefined) fail(frame ? endFault(frame, positionAt(frame.opened).line) : 'the file is empty')
    else if (!frame) begin()
    else if (next === (frame.opener === '{' ? '}' : ']') && (frame.isEmpty || frame.expects === 'comma'))
      close()
    else if (frame.expects === 'comma') {
      if (next !== ',') failAtComma(frame, next)
      at += 1
      frame.expects = frame.opener === '{' ? 'name' : 'value'
      if (typeof frame.key === 'number') frame.key += 1
    } else if (next === '}' || next === ']') fail(`unexpected ${next}${closerHint(frame)}`)
    else if (next === ',') fail('a comma too many')
    else if (frame.expects === 'name') name(frame)
    else if (frame.expects === 'value') begin()
    else if (next === ':') {
      at += 1
      frame.expects = 'value'
    } else fail(colonFault(next))
  }
  skip(space)
  if (at < text.length) fail(endingFault(text.slice(at)))

  return {
    value: JSON.parse(text),
    doubled,
    positionOf(path) {
      for (let known = path; known !== ''; known = known.replace(/(\.[^.[\]]*|\[\d+\]|[^.[\]]+|.)$/, '')) {
        const offset = positions.get(known)
        if (offset !== undefined) return positionAt(offset)
      }
      return positionAt(positions.get('') ?? 0)
    },
  }
}

/** Finds the line and column of an offset; the text is looked through once. */
function createPositions(text: string): (offset: number) => Position {
  const starts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)]
  return offset => {
    let [low, high] = [0, starts.length]
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
  }
}

function closerHint({ expects, opener, isEmpty }: Frame): string {
  if (isEmpty) return `, expected ${opener === '{' ? '}' : ']'}`
  if (expects === 'colon' || (opener === '{' && expects === 'value')) return ': a value is missing'
  return ': the comma before it is one too many'
}

function endFault({ opener }: Frame, line: number): string {
  const closer = opener === '{' ? '}' : ']'
  return `the file ends too early: the ${opener} in line ${line} has no ${closer}`
}
