import { useState } from 'preact/hooks'
import { Problem } from '../../shared/ui/problem.tsx'
import { say } from '../../shared/words/say.ts'
import type { ToldProblem } from '../../shared/words/say-problem.ts'
import { Answered } from './answered.tsx'
import { useAnswer, useLink } from './link.ts'

/** What a connection would run on the agent's machine, to the letter, and the word of whoever read it. Nothing where it runs nothing. */
export const ProgramHere = ({ connection }: { connection: string }) => {
  const { client, words } = useLink()
  const asked = useAnswer('program', { params: { id: connection } })
  const [problem, setProblem] = useState<ToldProblem | null>(null)
  const agree = async (sha256: string): Promise<void> => {
    const reply = await client.call('agreeToProgram', { params: { id: connection }, body: { sha256 } })
    setProblem('problem' in reply ? reply.problem : null)
    asked.ask()
  }
  return (
    <Answered asked={asked}>
      {({ program }) =>
        program && (
          <section class="card program-here" data-agreed={program.agreed}>
            <h2>{say(words, 'console.program')}</h2>
            <p>{say(words, 'console.program.says')}</p>
            <code class="path">{program.line.join(' ')}</code>
            {program.files.map(({ path, text }) => (
              <details key={path} open={!program.agreed}>
                <summary class="path">{path}</summary>
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled by keyboard too */}
                <pre tabIndex={0}>{text}</pre>
              </details>
            ))}
            <div class="steps">
              {!program.agreed && (
                <button class="button" type="button" onClick={() => void agree(program.sha256)}>
                  {say(words, 'console.program.agree')}
                </button>
              )}
              <span role="status">{say(words, program.agreed ? 'console.program.agreed' : 'console.program.open')}</span>
            </div>
            {problem && <Problem told={problem} words={words} />}
          </section>
        )
      }
    </Answered>
  )
}
