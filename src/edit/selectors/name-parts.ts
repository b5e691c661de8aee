/** What a name is made of: words that somebody wrote, numbers that count or key something, or generated text. */
export type NameKind = 'words' | 'numbered' | 'generated'

export interface NameParts {
  kind: NameKind
  /** Of a generated name, what somebody wrote: `Card_title__` of `Card_title__a8f3x`. */
  written: string[]
}

/** Libraries whose names end in what they count up or hash, however word-like that looks. */
const families =
  /^(css|sc|jss|jsx|svelte|emotion|astro|radix|mui|ember|cdk|ng|mat|rc|react|headlessui|reka|tippy|select2|ui|yui|ext|el|uid|v|r)$/i

/** Short words that names are full of; others of one or two letters, or without a vowel, are none. */
const short =
  /^(btn|img|txt|lbl|hdr|css|html|svg|src|xml|json|sql|pdf|csv|rgb|msg|std|avg|sms|nps|crm|qty|cta|tbl|js|my|to|go|no|on|in|by|up|id|is|ok|ui|ad|or|of|at|add|t[rdh]|li|[uod]l|qr|db|hr|vs)$/i

/** Letters that no word has side by side, but hashes do. */
const unlikely =
  /q[^u]|j[^aeiou]|[cfgjkmpqvxz]v|[bcfgjkmpqvx]z|v[bcdfgkmpqtwxz]|x[bdfgjkmnrvz]|z[bcdfgjkpqrstvx]|[hkw][jqvx]|[^aeiouy]{6}/i

/** `Card_title__kdabe`, `_title_kdabe_12`, `page-module__kdabe__title`: a hash may look like a word, its place tells. */
const hashed = [
  /^[a-z\d-]+_[a-z\d-]+_{2,3}([\w-]{5,})$/i,
  /^_.+_([a-z\d]{5,6})_\d+$/i,
  /-module__([\w-]{5,}?)__/i,
  /^(?:css|sc|jsx|svelte|emotion|astro)-([a-z\d]+)/i,
]

/** Tells what of a class, an id or another name will be there after the next build. */
export function namePartsOf(name: string): NameParts {
  const hash = hashed.map(pattern => pattern.exec(name)?.[1]).find(Boolean)
  const tokens = name.split(/([^a-z\d]+)/i)
  const isFamily = families.test(tokens.find(Boolean) ?? '')
  const kinds = tokens.map((token, index): NameKind => {
    const isSeparator = index % 2 === 1 || token === ''
    // `o-card`, `c-button`: the first letter of a naming scheme.
    if (isSeparator || (index === 0 && /^[a-z]-/.test(name))) return 'words'
    const kind = hash?.includes(token) ? 'generated' : kindOfToken(token)
    return kind === 'numbered' && isFamily ? 'generated' : kind
  })
  if (kinds.includes('generated') || !/^[\w\s.:/[\]-]*[a-z]/i.test(name)) {
    return { kind: 'generated', written: runsOf(tokens, kinds) }
  }
  return { kind: kinds.includes('numbered') ? 'numbered' : 'words', written: [] }
}

/** Of one token between separators: `saveButton`, `h1`, `42`, `a8f3x`. */
function kindOfToken(token: string): NameKind {
  if (/^\d+$/.test(token)) return 'numbered'
  const [, letters = ''] = /^([a-z]{2,}?|[hv])\d?$/i.exec(token) ?? []
  const words = letters.replace(/([a-z])(?=[A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$& ').split(' ')
  return words.every(isWord) ? 'words' : 'generated'
}

function isWord(letters: string): boolean {
  if (short.test(letters) || /^[hv]$/.test(letters)) return true
  return letters.length > 2 && /[aeiouy]/i.test(letters) && !unlikely.test(letters)
}

/** The longest stretches of written tokens, with what separates them from the rest. */
function runsOf(tokens: string[], kinds: NameKind[]): string[] {
  const runs = tokens
    .map((token, index) => (kinds[index] === 'words' ? token : '\n'))
    .join('')
    .split('\n')
  // A counter's own marks go with it: React has written `:r1:`, `«r1»` and `_r_1_`.
  return runs.filter(hasOwnWord).map(run => run.replace(/^_(?=-)|[^\w-]+/g, ''))
}

function hasOwnWord(run: string): boolean {
  return run.split(/[^a-z\d]+/i).some(word => word.length > 2 && !families.test(word))
}
