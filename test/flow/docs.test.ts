import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { root, text, tracked } from '../structure/sources.ts'
import { startAgent } from '../support/start-agent.ts'
import { standInWithAccess } from '../support/start-stand-in.ts'

const run = promisify(execFile)
const pages = tracked().filter((path) => path === 'README.md' || /^docs\/.*\.md$/.test(path))

/** Every command a page shows, with the page it stands in; a remark after `#` is none of it. */
const shown = pages.flatMap((page) =>
  [...text(page).matchAll(/\bnpm (?:run [a-z:]+|start|test|ci)(?: -- [^`\n#]*)?/g)].map(([command]) => ({ page, command: command.trim() })),
)

const scripts = (JSON.parse(text('package.json')) as { scripts: Record<string, string> }).scripts

/** `tieback` as the script starts it, and the words after `--`, quotes taken off. */
const wordsOf = (command: string): string[] =>
  [...command.replace(/^npm run tieback -- /, '').matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')

const toAgent = [...new Set(shown.map(({ command }) => command).filter((command) => command.startsWith('npm run tieback -- ')))]
/** Asks at a terminal; with its flags it made the agent these run against. */
const asked = 'npm run tieback -- init'
/** Wants the agent stopped, and finds the backup that the page made before. */
const whileStopped = [
  'npm run tieback -- restore',
  'npm run tieback -- init --change-orders reverse',
  'npm run tieback -- init --setting amounts.tax=gross --setting blast-radius.floor=50',
]

describe('commands shown in the docs', () => {
  it('are there to be shown', () => {
    expect(toAgent.length).toBeGreaterThan(5)
  })

  it.each(shown.filter(({ command }) => command !== 'npm ci'))('$page: $command is a script of this project', ({ command }) => {
    const name = command.replace(/^npm (?:run )?/, '').split(' ')[0] ?? ''
    expect(Object.keys(scripts)).toContain(name)
  })

  describe('to the agent', () => {
    let home = ''
    let stop = (): Promise<void> => Promise.resolve()
    beforeAll(async () => {
      const standIn = await standInWithAccess()
      const agent = await startAgent({ access: standIn.access })
      home = agent.home.data
      stop = () => agent.stop()
      return async () => {
        await agent[Symbol.asyncDispose]()
        await standIn.close()
      }
    })

    async function doesWhatItSays(command: string): Promise<void> {
      const [program = '', ...first] = (scripts['tieback'] ?? '').split(' ')
      const { stdout } = await run(program, [...first, ...wordsOf(command)], { cwd: root, env: { ...process.env, TIEBACK_HOME: home } })
      expect(stdout).not.toBe('')
    }

    it.each(toAgent.filter((command) => command !== asked && !whileStopped.includes(command)))('%s does what it says', doesWhatItSays)

    it.each(whileStopped)('%s does what it says, once the agent is stopped', async (command) => {
      expect(toAgent).toContain(command)
      await stop()
      await doesWhatItSays(command)
    })
  })
})
