import { sheetCode } from '../../shared/agent-link/handing-in.ts'
import type { ToolShape } from '../../shared/api/hand-overs.ts'
import type { AskedDraft } from '../../shared/api/set-up.ts'
import type { AnswerOf } from '../../shared/api.ts'
import type { WordKey } from '../../shared/words/en.ts'
import type { Words } from '../../shared/words/languages.ts'
import { say, sayCode } from '../../shared/words/say.ts'
import { dated, listed } from '../../shared/words/when.ts'
import { useLink } from './link.ts'

export type Made = AnswerOf<'makeHandOver'>
type Props = { made: Made; draft: AskedDraft; back: () => void }

/** One page to print for whoever administers Procore: what to create there, and the way id and secret come back. It holds no secret. */
export const Sheet = ({ made, draft, back }: Props) => {
  const { words, me } = useLink()
  const { company, companyName, environment, apiBase } = draft.procore
  const until = dated(made.until, words.locale)
  const code = sheetCode(made)
  const which = [sayCode(words, 'environment', environment), ...(apiBase ? [apiBase] : [])].join(', ')
  return (
    <>
      <p class="steps">
        <button class="button primary" type="button" onClick={() => print()}>
          {say(words, 'sheet.print')}
        </button>{' '}
        <button class="button" type="button" onClick={back}>
          {say(words, 'sheet.back')}
        </button>
      </p>
      <p>{say(words, 'sheet.once')}</p>
      <article class="card sheet" aria-label={say(words, 'sheet.title', { name: draft.name })}>
        <h2>{say(words, 'sheet.title', { name: draft.name })}</h2>
        <p>
          {say(words, 'sheet.says', { agent: me.agent, erp: draft.erp, erpCompany: draft.erpCompany, company: companyName })}{' '}
          <small>{say(words, 'sheet.made', { when: dated(new Date().toISOString(), words.locale) })}</small>
        </p>
        <ol>
          <li>{say(words, 'sheet.1')}</li>
          <li>
            {say(words, 'sheet.2')}
            <Tools tools={made.tools} words={words} />
            <small>{say(words, 'sheet.levels')}</small>
          </li>
          <li>{say(words, 'sheet.3', { company: companyName, id: company, environment: which })}</li>
          <li>
            {say(words, 'sheet.4')} {made.projects.length > 0 && <small>{permitted(made, words)}</small>}
          </li>
          <li>
            {say(words, 'sheet.5')}
            <dl class="facts">
              <div>
                <dt>{say(words, 'sheet.address')}</dt>
                <dd>
                  <span data-link>{`${made.address}/console/#hand-in=${code}`}</span>
                  {made.here && <small>{say(words, 'sheet.here')}</small>}
                </dd>
              </div>
              <div>
                <dt>{say(words, 'sheet.code')}</dt>
                <dd>
                  <strong class="code">{code}</strong> <small>{say(words, 'sheet.code.says', { when: until })}</small>
                </dd>
              </div>
            </dl>
          </li>
        </ol>
      </article>
    </>
  )
}

const columns = ['sheet.tool', 'sheet.of', 'sheet.for', 'sheet.level', 'sheet.write'] as const satisfies readonly WordKey[]

const Tools = ({ tools, words }: { tools: readonly ToolShape[]; words: Words }) => (
  <div class="list">
    <table>
      <thead>
        <tr>
          {columns.map((key) => (
            <th key={key} scope="col">
              {say(words, key)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {tools.map((tool) => (
          <tr key={tool.name}>
            {cells(tool, words).map((cell, n) => (
              <td key={columns[n]} data-title={say(words, columns[n] ?? 'sheet.tool')}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

/** In the order of the columns. */
function cells({ name, of, entities, level, levelToWrite }: ToolShape, words: Words): string[] {
  const needs = entities.length === 0 ? say(words, 'sheet.always') : entities.map((one) => sayCode(words, 'entity', one)).join(', ')
  return [name, sayCode(words, 'sheet.of', of), needs, level, levelToWrite]
}

function permitted({ projects, more }: Made, words: Words): string {
  const names = more === 0 ? listed(projects, words.locale) : say(words, 'sheet.projects.more', { names: projects.join(', '), count: more })
  return say(words, 'sheet.projects', { names })
}
