import { useState } from 'preact/hooks'
import { Problem } from '../../shared/ui/problem.tsx'
import { fileName, saveFile } from '../../shared/ui/save-file.ts'
import { say } from '../../shared/words/say.ts'
import type { ToldProblem } from '../../shared/words/say-problem.ts'
import { exportActs } from './export-acts.ts'
import { useLink } from './link.ts'
import type { Wanted } from './which-acts.tsx'

const types = { csv: 'text/csv;charset=utf-8', json: 'application/json' }

/** Hands out what is looked for, all pages of it, as a file. */
export const HandOutActs = ({ wanted }: { wanted: Wanted }) => {
  const { client, words } = useLink()
  const [said, setSaid] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ToldProblem | null>(null)
  const number = new Intl.NumberFormat(words.locale)
  const hand = async (kind: 'csv' | 'json'): Promise<void> => {
    const tell = (acts: number): void => setSaid(say(words, 'audit.exporting', { count: number.format(acts) }))
    setBusy(true)
    const reply = await exportActs({ client, wanted, tell }, kind)
    setBusy(false)
    setProblem('problem' in reply ? reply.problem : null)
    if ('problem' in reply) return setSaid('')
    const file = fileName('acts', new Date().toISOString().slice(0, 10), kind)
    saveFile(file, types[kind], reply.value.parts)
    setSaid(say(words, 'audit.exported', { count: number.format(reply.value.acts), file }))
  }
  return (
    <div class="tools hand-out">
      {(['csv', 'json'] as const).map((kind) => (
        <button key={kind} class="button small" type="button" disabled={busy} onClick={() => void hand(kind)}>
          {say(words, `audit.${kind}`)}
        </button>
      ))}
      <small role="status">{said}</small>
      {problem && <Problem told={problem} words={words} />}
    </div>
  )
}
