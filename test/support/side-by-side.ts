// node side-by-side.ts COMMAND…: commands that do not need each other, as many at once as there are processors. What each says is shown
// whole when it ends; ends with 1 when one of them failed, after all have ended.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'

async function run(command: string): Promise<boolean> {
  const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const said: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => said.push(part))
  const [code] = await once(child, 'close')
  process.stderr.write(Buffer.concat(said))
  if (code !== 0) process.stderr.write(`${command} ended with ${code}.\n`)
  return code === 0
}

async function runAll(waiting: string[]): Promise<void> {
  for (let command = waiting.shift(); command !== undefined; command = waiting.shift()) if (!(await run(command))) process.exitCode = 1
}

const commands = process.argv.slice(2)
await Promise.all(Array.from({ length: availableParallelism() }, () => runAll(commands)))
