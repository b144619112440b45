/**
 * `npm run demo`: the practice company, an agent, a paired browser, and everything from a saved export to a badge, told in plain lines.
 * Leaves pictures in demo-out/ and stays up until Ctrl-C.
 * Flags: --once stops by itself (exit code ≠ 0 when a step did not hold) · --json sums up in one last line · --lan over TLS, with the agent's own authority
 */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { stayUp } from './stay-up.ts'
import { makeSteps, StepFailed } from './steps.ts'
import { type Walked, walk } from './walk.ts'

const { values: flags } = parseArgs({
  options: {
    once: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    lan: { type: 'boolean', default: false },
  },
})

const say = (line: string): void => console.log(line)
const steps = makeSteps(say)
const stopped = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort())

/** Rejects when somebody wants it to end, whatever it is doing. */
const ended = new Promise<never>((_, reject) => stopped.signal.addEventListener('abort', () => reject(stopped.signal.reason)))

async function demo(stack: AsyncDisposableStack): Promise<Walked> {
  const headless = process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']
  const extension = fileURLToPath(new URL('../../.output/chrome-mv3', import.meta.url))
  const walked = await walk({ say, steps, stack, lan: flags.lan, headless, extension })
  if (!flags.once) await stayUp(say, walked, { headless, signal: stopped.signal })
  return walked
}

function sumUp(walked: Walked | null): void {
  if (!flags.json) return
  const { freshnessMs = null, badges = null, calls = null } = walked ?? {}
  console.log(JSON.stringify({ steps: steps.done, freshnessMs, badges, calls }))
}

let walked: Walked | null = null
try {
  await using stack = new AsyncDisposableStack()
  walked = await Promise.race([demo(stack), ended])
} catch (trouble) {
  if (!stopped.signal.aborted) {
    console.error(`\n${trouble instanceof StepFailed ? trouble.message : String(trouble instanceof Error ? trouble.stack : trouble)}`)
    process.exitCode = 1
  } else if (flags.once) process.exitCode = 130
}
sumUp(walked)
