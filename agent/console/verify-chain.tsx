import { useState } from 'preact/hooks'
import type { Reply } from '../../shared/agent-link/client.ts'
import type { AnswerOf } from '../../shared/api.ts'
import { Problem } from '../../shared/ui/problem.tsx'
import type { Words } from '../../shared/words/languages.ts'
import { say } from '../../shared/words/say.ts'
import { useLink } from './link.ts'
import { at } from './times.ts'

type Chain = AnswerOf<'auditChain'>

/** “Verify the chain”, with its answer in words; with a hash kept earlier also whether anything was cut off since. */
export const VerifyChain = () => {
  const { client, words } = useLink()
  const [said, setSaid] = useState<Reply<Chain> | 'asking' | null>(null)
  const verify = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const kept = String(new FormData(event.currentTarget as HTMLFormElement).get('kept') ?? '').trim()
    setSaid('asking')
    setSaid(await client.call('auditChain', { query: kept === '' ? {} : { kept } }))
  }
  return (
    <section class="card">
      <p>{say(words, 'audit.verify.says')}</p>
      <form class="fields" onSubmit={(event) => void verify(event)}>
        <div class="wide">
          <label for="kept">{say(words, 'audit.kept')}</label>
          <input id="kept" name="kept" pattern="\s*[0-9a-f]{64}\s*" autocomplete="off" spellcheck={false} />
        </div>
        <button class="button" type="submit" disabled={said === 'asking'}>
          {say(words, 'audit.verify')}
        </button>
        <div role="status" class="proof">
          {said === 'asking' && say(words, 'audit.verifying')}
          {said !== null &&
            said !== 'asking' &&
            ('problem' in said ? <Problem told={said.problem} words={words} /> : <Proof {...said.value} words={words} />)}
        </div>
      </form>
    </section>
  )
}

const Proof = ({ words, ...chain }: Chain & { words: Words }) => {
  const { broken, head, holds } = chain
  const isWhole = broken === null && holds !== false
  return (
    <p data-tone={isWhole ? 'green' : 'red'}>
      {saidOf(chain, words)} {isWhole && <code>{head}</code>}
      {broken?.act && <a href={`#/audit/${broken.id}`}>{say(words, 'audit.open', { id: broken.id })}</a>}
    </p>
  )
}

function saidOf({ acts, broken, holds }: Chain, words: Words): string {
  const count = new Intl.NumberFormat(words.locale).format(acts)
  if (broken) return say(words, 'audit.broken', { id: broken.id, when: at(broken.at, words), acts: count })
  if (holds === false) return say(words, 'audit.cut', { acts: count })
  return say(words, holds ? 'audit.holds' : 'audit.whole', { acts: count })
}
