/**
 * Codes a spreadsheet changed on the way (erp-files.md E): a long number shown as 1.23E+11, a number that became 1001.0, a code that was
 * taken for a date (03-3000 → Mar-3000, 1-1 → 1-Jan). What stood there before can only be guessed, so the row is refused.
 */
import { isSeen } from './seen.ts'

/** Does this code look like that? `typed`: people write it freely, so months and decimals may well be meant. */
export function isDamagedCode(text: string, typed = false): boolean {
  if (!mayBe(text)) return false
  if (exponent.test(text)) return true
  return !typed && (float.test(text) || month.test(text.trim()))
}

/**
 * Most codes are none of it, by a few of their characters (a million lines hold ten million codes): an exponent has its plus and a fraction its
 * dot two to four characters before the end, a month small letters behind its first or behind the day. Blanks in front are looked at closely.
 */
function mayBe(text: string): boolean {
  const { length } = text
  if (isPlusOrDot(text.charCodeAt(length - 2)) || isPlusOrDot(text.charCodeAt(length - 3)) || isPlusOrDot(text.charCodeAt(length - 4)))
    return true
  if (text.charCodeAt(1) >= lowerA || text.charCodeAt(3) >= lowerA || text.charCodeAt(4) >= lowerA) return true
  return text.charCodeAt(5) >= lowerA || !isSeen(text.charCodeAt(0)) || !isSeen(text.charCodeAt(length - 1))
}

const lowerA = 97
const isPlusOrDot = (code: number): boolean => code === 43 || code === 46

const exponent = /^\s*\d(?:[.,]\d+)?E\+\d+\s*$/
const float = /^\s*\d+\.0\s*$/

/** As the spreadsheets of the five languages write months; each in its own letter case, so a code in capitals is not meant. */
const names = [
  ...['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec', 'Mrz', 'Mär', 'Mai', 'Okt', 'Dez'],
  ...['janv', 'févr', 'mars', 'avr', 'mai', 'juin', 'juil', 'août', 'sept', 'oct', 'nov', 'déc'],
  ...['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'dic'],
].join('|')
const month = new RegExp(`^(?:\\d{1,2}[-. ]{1,2}(?:${names})\\.?(?:[- ]\\d{2,4})?|(?:${names})\\.?[- ]\\d{1,4})$`)
