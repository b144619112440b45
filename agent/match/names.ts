/** Names of companies and titles of records, as two systems write the same one: what says nothing about who is meant is taken off. Pure. */

/** “And” in the languages of our readers says no more than “&”. */
const joiners = new Set(['and', 'et', 'und', 'y', 'e'])
const articles = new Set(['the', 'la', 'le', 'les', 'der', 'die', 'das', 'el', 'los'])

/** Legal forms, at the end of a name: what a company is by law, not who it is. “Co” and “Cie” stand before others (“GmbH & Co. KG”). */
const legalForms = new Set([
  ...[
    'inc',
    'incorporated',
    'llc',
    'llp',
    'lllp',
    'lp',
    'pllc',
    'pc',
    'pa',
    'corp',
    'corporation',
    'co',
    'company',
    'ltd',
    'limited',
    'plc',
  ],
  ...['ltee', 'limitee', 'cie', 'compagnie', 'enr', 'senc', 'sencrl', 'sarl', 'sas', 'sasu', 'eurl', 'sa', 'snc'],
  ...['gmbh', 'mbh', 'ag', 'kg', 'kgaa', 'ohg', 'gbr', 'ug', 'ev', 'eg', 'se'],
  ...['srl', 'sl', 'slu', 'sau', 'sc', 'spa', 'decv', 'bv', 'nv'],
])

const letters: Record<string, string> = { ß: 'ss', œ: 'oe', æ: 'ae', ø: 'o', ł: 'l', đ: 'd' }

/** The words that tell who is meant, in their order. A name of nothing else keeps all its words. */
export function wordsOf(name: string): string[] {
  const plain = name
    .toLowerCase()
    .replace(/[ßœæøłđ]/g, (letter) => letters[letter] ?? letter)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[.'’`´]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/\bde c v\b|\bde cv\b/g, 'decv')
  const all = plain === '' ? [] : togetherAgain(plain.split(' '))
  const words = withoutForms(all.filter((word) => !joiners.has(word)))
  const told = articles.has(words[0] ?? '') && words.length > 1 ? words.slice(1) : words
  return told.length > 0 ? told : all
}

/** Letters that stand alone are one word, dotted or spaced: “S. A.” and “J B” are “SA” and “JB”. */
function togetherAgain(words: readonly string[]): string[] {
  const joined: string[] = []
  let run = ''
  for (const word of [...words, '']) {
    if (/^\p{L}$/u.test(word) && !joiners.has(word)) run += word
    else {
      if (run !== '') joined.push(run)
      run = ''
      if (word !== '') joined.push(word)
    }
  }
  return joined
}

function withoutForms(words: readonly string[]): string[] {
  let end = words.length
  while (end > 0 && legalForms.has(words[end - 1] ?? '')) end -= 1
  return words.slice(0, end)
}

/** So long a text may have been cut where its ERP's field ends: Sage keeps 30 characters of a name (erp-integrations.md D2, 2026-11). */
const cutFrom = 20

/**
 * How alike two names are, 0 to 1: 1 where the words are the same, or where one is the other's beginning and may have been cut. Else twice the
 * words they share over all their words, a word of five letters or more with one letter wrong counted as nearly shared. The same both ways round.
 */
export function alike(one: readonly string[], other: readonly string[]): number {
  const [a, b] = [one.join(' '), other.join(' ')]
  if (a === '' || b === '') return 0
  if (a === b || isCut(a, b) || isCut(b, a)) return 1
  const [first, second] = a < b ? [one, other] : [other, one]
  return (2 * sharedWords(first, second)) / (one.length + other.length)
}

const isCut = (short: string, long: string): boolean => short.length >= cutFrom && long.startsWith(short)

/** A word with a slip is the same word, but not for sure. */
const slipCounts = 0.9

function sharedWords(first: readonly string[], second: readonly string[]): number {
  const left = [...second].sort()
  const missed = [...first].sort().filter((word) => !takeOut(left, (one) => one === word))
  const slips = missed.filter((word) => takeOut(left, (one) => isSlip(word, one))).length
  return first.length - missed.length + slips * slipCounts
}

function takeOut(words: string[], fits: (word: string) => boolean): boolean {
  const at = words.findIndex(fits)
  if (at >= 0) words.splice(at, 1)
  return at >= 0
}

/** One letter wrong, missing, too many, or two neighbours changed places. */
function isSlip(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < 5 || Math.abs(a.length - b.length) > 1 || /\d/.test(a + b)) return false
  let from = 0
  while (from < a.length && a[from] === b[from]) from += 1
  const [restA, restB] = [a.slice(from), b.slice(from)]
  return (
    restA.slice(1) === restB ||
    restB.slice(1) === restA ||
    restA.slice(1) === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  )
}
