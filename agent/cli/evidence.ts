import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type CliCommand, exit, textOf, UsageFault, type Values } from './command.ts'
import { openAgent } from './open-agent.ts'
import { recordNamed } from './record-named.ts'

const usage =
  'evidence TYPE:ID|ADDRESS|ENTITY/KEY|LINK FILE.html | evidence --run N FILE.html | evidence --from yyyy-mm-dd --to yyyy-mm-dd FILE.html'

export const evidence: CliCommand = {
  says: 'Write a page for an auditor: both sides, files, decisions, history, and the proof of the log of acts.',
  usage: `${usage}
  --run   one run, with every link that moved by it
  --from  first day of acts, UTC
  --to    last day
  --lang  the reader’s language: en, en-GB, de, fr-FR, fr-CA, es, es-ES`,
  options: { run: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' }, lang: { type: 'string' } },
  async run({ folder, out, values, words }) {
    const { query, file } = askedFor(values, words)
    const { ask, close } = await openAgent(folder)
    try {
      const link = query.link === undefined ? {} : { link: await recordNamed(query.link, ask) }
      const lang = textOf(values, 'lang')
      const { html } = await ask('evidence', { query: { ...query, ...link, ...(lang === undefined ? {} : { lang }) } })
      await writeFile(file, html, { flag: 'wx', mode: 0o600 }).catch((cause) => {
        throw (cause as NodeJS.ErrnoException).code === 'EEXIST' ? new UsageFault(`${file} is there already; nothing was written.`) : cause
      })
      out.say(`Written to ${file}. Open it in a browser and print it.`)
      out.result({ file })
      return exit.fine
    } finally {
      close()
    }
  },
}

function askedFor(
  values: Values,
  words: readonly string[],
): { query: { link?: string; run?: number; from?: string; to?: string }; file: string } {
  const [run, from, to] = [textOf(values, 'run'), textOf(values, 'from'), textOf(values, 'to')]
  const [link, named] = run === undefined && from === undefined ? words : [undefined, words[0]]
  const query =
    run !== undefined ? { run: Number(run) } : from !== undefined && to !== undefined ? { from, to } : link === undefined ? null : { link }
  if (query === null || named === undefined || !named.endsWith('.html')) throw new UsageFault(usage)
  return { query, file: resolve(named) }
}
