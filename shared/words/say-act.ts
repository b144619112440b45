import type { Words } from './languages.ts'
import { say, sayCode } from './say.ts'

/** What somebody did, in the reader's language. A call that was refused for want of a right is stored by its route, which is no word for people. Pure. */
export const sayAct = (words: Words, act: string): string =>
  sayCode(words, 'act', act, act.endsWith('-refused') ? say(words, 'audit.call-refused') : act)
