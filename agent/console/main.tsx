import { render } from 'preact'
import type { Client } from '../../shared/agent-link/client.ts'
import { loadWords } from '../../shared/words/load.ts'
import { say } from '../../shared/words/say.ts'
import type { ToldProblem } from '../../shared/words/say-problem.ts'
import { Console } from './console.tsx'
import { codeInAddress, join, joinedBefore } from './join.ts'
import { Join } from './joining.tsx'
import '../../shared/ui/tokens.css'
import '../../shared/ui/dark.css'
import '../../shared/ui/pieces.css'
import '../../shared/ui/causes.css'
import './console.css'

const words = await loadWords(navigator.language).catch(() => loadWords('en')) // English came with the page
const root = document.getElementById('root') as HTMLElement

document.documentElement.lang = words.locale
document.title = say(words, 'console.title')

const show = (client: Client): void => render(<Console client={client} words={words} joinAnew={(why) => ask(why)} />, root)
const ask = (problem: ToldProblem | null): void => render(<Join words={words} problem={problem} joined={show} />, root)

/** A link with a code joins at once; else whoever joined before goes on; else a code is asked for. A sheet's code opens the page it is for. */
async function begin(): Promise<void> {
  if (location.hash.startsWith('#hand-in')) return (await import('./hand-in.tsx')).showHandIn(root, words)
  const code = codeInAddress()
  const before = joinedBefore()
  if (code === null) return before ? show(before) : ask(null)
  const reply = await join(code, say(words, 'console.title'))
  if ('value' in reply) show(reply.value)
  else if (before) show(before)
  else ask(reply.problem)
}

void begin()
window.addEventListener('hashchange', () => {
  if (/^#(?:join=|hand-in)/.test(location.hash)) location.reload()
})
