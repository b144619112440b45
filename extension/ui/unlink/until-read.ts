import type { Event } from '../../../shared/event.ts'
import type { ToldProblem } from '../../../shared/words/say-problem.ts'
import type { UnlinkRequest } from '../popover-door.ts'

/** How long a person is kept waiting for an export; a file that never comes to rest is not waited for without end. */
const mostMs = 300_000
/** The agent itself waits with its answer; one that answers at once is not asked without pause. */
const apartMs = 1_000

type Read = 'read' | 'still' | { problem: ToldProblem }

/** Asks the agent to read what waits in its folder, again and again until it has or the time is over. Nothing is written, and the signal ends it. */
export async function untilRead({ ask, item }: UnlinkRequest, company: string | null, signal: AbortSignal): Promise<Read> {
  const end = performance.now() + mostMs
  while (!signal.aborted && performance.now() < end) {
    const reply = await ask('readFirst', { item, company })
    // An older agent cannot tell: the person asks again.
    if ('problem' in reply) return reply.problem.code === 'agent-too-old' ? 'still' : reply
    if (!reply.value.reading) return 'read'
    await pause(signal)
  }
  return 'still'
}

const pause = (signal: AbortSignal): Promise<void> =>
  new Promise((done) => {
    const timer = setTimeout(done, apartMs)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      done()
    })
  })

/** The export that is being read, and how much of it is (0 to 1, null while that is not told). */
export type Reading = { file: string; share: number | null }

/** What an event of the agent tells of it; null where it is about something else, or another connection. Pure. */
export function readingIn({ kind, connection, data }: Event, of: string | null): Reading | null {
  const file = data?.['file']
  if (connection !== of || typeof file !== 'string') return null
  if (kind === 'file-seen') return { file, share: null }
  const [bytes, total] = [Number(data?.['bytes']), Number(data?.['totalBytes'])]
  return kind === 'run-progress' ? { file, share: bytes <= total && total > 0 ? bytes / total : null } : null
}
