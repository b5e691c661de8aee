/** What a name is made of: words that somebody wrote, numbers that count or key something, or generated text. */
export type NameKind = 'words' | 'numbered' | 'generated'

/** Libraries whose names end in what they count up or hash, however word-like that looks. */
const families =
  /^(css|sc|jss|jsx|svelte|emotion|astro|radix|mui|ember|cdk|ng|mat|rc|react|headlessui|reka|base|downshift|tippy|popper|select2|ui|yui|ext|el|uid|auto|gen|v|r|P0|field)$/i

/** Short words that names are full of; others of one or two letters, or without a vowel, are no words. */
const short =
  /^(btn|img|txt|lbl|hdr|ftr|src|svg|html?|css|js|pdf|csv|xml|sms|nps|crm|cms|qty|cta|tbl|wrp|nr|my|to|go|no|on|in|by|up|id|is|ok|tv|cv|ui|ad|or|of|at|an|as|do|me|we|us|it|if|re|add|new|tr|td|th|li|ul|ol|dl|dt|dd|mui|qr|vs|ip|db|hr|pr|ai|eu|uk|de|en|fr)$/i

/** Letters that no word has side by side, but hashes do. */
const unlikely =
  /q(?!u)|j[^aeiou]|[bcfgjkmpqvxz]v|v[bcdfgkmpqtwxz]|x[bdfgjkmnrvz]|[bcfgjkpqvx]z|z[bcdfgjkpqrstvx]|w[vxjq]|h[jkxq]|k[vxq]|[^aeiouy]{5}/i

function isWord(letters: string): boolean {
  if (short.test(letters)) return true
  return letters.length > 2 && /[aeiouy]/i.test(letters) && !unlikely.test(letters)
}

/** One token between separators: `saveButton`, `h1`, `42`, `a8f3x`. */
function kindOfToken(token: string): NameKind {
  if (/^\d+$/.test(token)) return 'numbered'
  const letters = /^([a-z]{2,}?|[vh])\d?$/i.exec(token)?.[1]
  const words = letters?.split(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/) ?? ['']
  return words.every(isWord) || /^[vh]\d$/i.test(token) ? 'words' : 'generated'
}

/** `Card_title__kdabe`, `_title_kdabe_12`, `page-module__kdabe__title`: a hash may look like a word, its place tells. */
const hashed = [
  /^[a-z\d-]+_[a-z\d-]+_{2,3}([\w-]{5,})$/i,
  /^_.+_([a-z\d]{5,6})_\d+$/i,
  /-module__([\w-]{5,}?)__/i,
  /^(?:css|sc|jsx|svelte|emotion|astro)-([a-z\d]+)/i,
]

export interface NameParts {
  kind: NameKind
  /** Of a generated name, what somebody wrote: `Card_title__` of `Card_title__a8f3x`. */
  written: string[]
}

/** Tells what of a class, an id or another name will be there after the next build. */
export function namePartsOf(name: string): NameParts {
  const hash = hashed.map(pattern => pattern.exec(name)?.[1]).find(Boolean)
  const tokens = name.split(/([^a-z\d]+)/i)
  const isFamily = families.test(tokens.find(Boolean) ?? '')
  const kinds = tokens.map((token, index): NameKind => {
    if (index % 2 === 1) return 'words'
    if (token === '') return 'words'
    // `o-card`, `c-button`: the first letter of a naming scheme.
    if (index === 0 && /^[a-z]$/.test(token) && tokens[1] === '-') return 'words'
    const kind = hash?.includes(token) ? 'generated' : kindOfToken(token)
    return kind === 'numbered' && isFamily ? 'generated' : kind
  })
  if (!kinds.includes('generated') && /[a-z]/i.test(name) && /^[\w\s.:/[\]-]+$/.test(name)) {
    return { kind: kinds.includes('numbered') ? 'numbered' : 'words', written: [] }
  }
  return { kind: 'generated', written: runsOf(tokens, kinds) }
}

/** The longest stretches of written tokens, with what separates them from the rest. */
function runsOf(tokens: string[], kinds: NameKind[]): string[] {
  const runs: string[] = []
  let run = ''
  for (const [index, token] of tokens.entries()) {
    if (kinds[index] === 'words') run += token
    if (kinds[index] !== 'words' || index === tokens.length - 1) {
      const words = run.split(/[^a-z\d]+/i).filter(word => word.length > 2 && !families.test(word))
      // A counter's own marks go with it: React has written `:r1:`, `«r1»` and `_r_1_`.
      if (words.length > 0) runs.push(run.replace(/^_(?=-)|[^\w-]+/g, ''))
      run = ''
    }
  }
  return runs
}
