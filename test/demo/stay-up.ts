import { setTimeout as pause } from 'node:timers/promises'
import { paintedIn, toastsIn } from './badges.ts'
import { changing } from './freshness.ts'
import { picture } from './pictures.ts'
import type { Walked } from './walk.ts'

const lookMs = 250

/** Says what to try, then tells what happens in the page, until the signal. */
export async function stayUp(
  say: (line: string) => void,
  { page, books, site }: Walked,
  { headless, signal }: { headless: boolean; signal: AbortSignal },
): Promise<void> {
  say('\nIt all stays up. Try it:')
  say(`  edit   ${books.path('JCM_MASTER__COMMITMENT')}`)
  say(`         say, the title of ${changing} in its second line; save it, and watch the badge`)
  say(headless ? '  see    demo-out/list.png, taken anew whenever a badge changes (there is no display here)' : `  see    ${site.list}`)
  say('  end    Ctrl-C')
  let seen = (await paintedIn(page)).length
  let told = ''
  while (!signal.aborted) {
    const painted = await paintedIn(page)
    for (const { key, word } of painted.slice(seen)) say(`  the badge of ${key} says “${word}”`)
    if (headless && painted.length > seen) await picture(page, 'list')
    seen = painted.length
    const toasts = (await toastsIn(page)).join(' · ')
    if (toasts !== told && toasts !== '') say(`  toast: “${toasts}”`)
    told = toasts
    await pause(lookMs, undefined, { signal }).catch(ended)
  }
}

/** Ctrl-C cuts the pause short. */
const ended = (): void => undefined
