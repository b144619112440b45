/** Who acted, from where and about what, in words. */
import { browserSaid } from '../../shared/act-file.ts'
import type { ActShape } from '../../shared/api/audit.ts'
import type { Words } from '../../shared/words/languages.ts'
import { say, sayCode } from '../../shared/words/say.ts'

export const whoActed = ({ person, origin }: ActShape, words: Words): string =>
  person ? (person.name ?? person.email ?? person.id) : say(words, origin === 'cli' ? 'console.commandLine' : 'evidence.agent')

/** The browser as it was called then; without one, what else the act came from. */
export const whereFrom = ({ browser, origin }: ActShape, words: Words): string => browserSaid(browser) ?? saidOrigin(origin, words)

function saidOrigin(origin: string, words: Words): string {
  if (origin === 'cli') return say(words, 'console.commandLine')
  if (origin === 'agent') return say(words, 'evidence.agent')
  return origin === 'procore' ? say(words, 'figures.procore') : origin
}

/** What kind of thing, and its name: what nobody knows any more goes by the number it was stored with. */
export const aboutWhat = ({ about, subject }: ActShape, words: Words): { kind: string; name: string } => ({
  kind: sayCode(words, about.of, about.kind),
  name: about.name ?? subject,
})
