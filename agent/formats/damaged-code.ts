/**
 * Codes a spreadsheet changed on the way (erp-files.md E): a long number shown as 1.23E+11, a number that became 1001.0, a code that was
 * taken for a date (03-3000 → Mar-3000, 1-1 → 1-Jan). What stood there before can only be guessed, so the row is refused.
 */

/** Does this code look like that? `typed`: people write it freely, so months and decimals may well be meant. */
export function isDamagedCode(text: string, typed = false): boolean {
  if (!mayBe(text)) return false
  if (exponent.test(text)) return true
  return !typed && (float.test(text) || month.test(text.trim()))
}

/**
 * Most codes are none of it, by a few of their characters (a million lines hold ten million codes): an exponent has its plus, a fraction its
 * dot near the end, a month its second letter among the first six characters.
 */
function mayBe(text: string): boolean {
  const { length } = text
  for (let at = length - 5; at < length; at++) if (isPlusOrDot(text.charCodeAt(at))) return true
  for (let at = 0; at < 6; at++) if (text.charCodeAt(at) >= lowerA) return true
  return text.charCodeAt(0) <= blank
}

const lowerA = 97
const blank = 32
const isPlusOrDot = (code: number): boolean => code === 43 || code === 46

const exponent = /^\s*\d(?:[.,]\d+)?E\+\d+\s*$/
const float = /^\s*\d+\.0$/

/** As the spreadsheets of the five languages write months; each in its own letter case, so a code in capitals is not meant. */
const names = [
  ...['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec', 'Mrz', 'Mär', 'Mai', 'Okt', 'Dez'],
  ...['janv', 'févr', 'mars', 'avr', 'mai', 'juin', 'juil', 'août', 'sept', 'oct', 'nov', 'déc'],
  ...['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'dic'],
].join('|')
const month = new RegExp(`^(?:\\d{1,2}[-. ]{1,2}(?:${names})\\.?(?:[- ]\\d{2,4})?|(?:${names})\\.?[- ]\\d{1,4})$`)
