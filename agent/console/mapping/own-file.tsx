import { useState } from 'preact/hooks'
import { type ProposedColumns, sampleBytes } from '../../../shared/api/columns.ts'
import type { BodyOf } from '../../../shared/api.ts'
import { entities } from '../../../shared/item.ts'
import { Problem } from '../../../shared/ui/problem.tsx'
import type { Words } from '../../../shared/words/languages.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import type { ToldProblem } from '../../../shared/words/say-problem.ts'
import { useLink } from '../link.ts'
import { Columns } from './columns.tsx'

type Entity = BodyOf<'saveColumns'>['entity']
type Sample = { file: string; sample: string }

/** A file that is no known export: its columns proposed from its start, each confirmed by a person before it counts. */
export const OwnFile = ({ id, saved }: { id: string; saved: () => void }) => {
  const { client, words } = useLink()
  const [sample, setSample] = useState<Sample | null>(null)
  const [proposal, setProposal] = useState<ProposedColumns | null>(null)
  const [problem, setProblem] = useState<ToldProblem | null>(null)
  const [done, setDone] = useState<string | null>(null)
  const propose = async (of: Sample, entity?: Entity): Promise<void> => {
    setSample(of)
    setDone(null)
    const reply = await client.call('proposeColumns', { params: { id }, body: { ...of, ...(entity ? { entity } : {}) } })
    setProblem('problem' in reply ? reply.problem : null)
    setProposal('problem' in reply ? null : reply.value)
  }
  const keep = async (body: BodyOf<'saveColumns'>): Promise<void> => {
    const reply = await client.call('saveColumns', { params: { id }, body })
    setProblem('problem' in reply ? reply.problem : null)
    if ('problem' in reply) return
    setDone(reply.value.entity)
    setProposal(null)
    saved()
  }
  return (
    <section class="card" id="own-file">
      <h2>{say(words, 'column.title')}</h2>
      <p>{say(words, 'column.says')}</p>
      <div class="steps">
        <label for="own-file-sample">{say(words, 'column.file')}</label>
        <input
          id="own-file-sample"
          type="file"
          accept=".csv,.txt,.tsv,.tab,text/csv,text/plain"
          onChange={({ currentTarget: { files } }) => {
            const file = files?.[0]
            if (file) void startOf(file).then((start) => propose({ file: file.name, sample: start }))
          }}
        />
      </div>
      <div role="status">
        {problem && <Problem told={problem} words={words} />}
        {done && <p>{say(words, 'column.saved', { entity: sayCode(words, 'entity', done) })}</p>}
        {proposal?.known && <p>{say(words, 'column.known', { known: proposal.known })}</p>}
      </div>
      {proposal && sample && (
        <>
          <Holds proposal={proposal} choose={(entity) => void propose(sample, entity)} words={words} />
          <Columns key={`${sample.file} ${proposal.entity}`} proposal={proposal} keep={(body) => void keep(body)} words={words} />
        </>
      )}
    </section>
  )
}

/** Which records the file holds, likeliest first. */
const Holds = ({ proposal, choose, words }: { proposal: ProposedColumns; choose: (entity: Entity) => void; words: Words }) => {
  const likely = [proposal.entity, ...proposal.others]
  const all = [...likely, ...entities.filter((one) => !likely.includes(one))]
  return (
    <div class="steps">
      <label for="own-file-entity">{say(words, 'column.entity')}</label>
      <select id="own-file-entity" onChange={({ currentTarget }) => choose(currentTarget.value as Entity)}>
        {all.map((one) => (
          <option key={one} value={one} selected={one === proposal.entity}>
            {sayCode(words, 'entity', one)}
          </option>
        ))}
      </select>
    </div>
  )
}

/** The first bytes of a file, Base64: more of it never leaves the browser. */
const startOf = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file.slice(0, sampleBytes))
  })
