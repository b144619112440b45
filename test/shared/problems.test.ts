import { expect, it } from 'vitest'
import { problems } from '../../shared/problem.ts'
import { agentProblems } from '../../shared/problems/agent.ts'
import { browserProblems } from '../../shared/problems/browser.ts'
import { decidingProblems } from '../../shared/problems/deciding.ts'
import { planProblems } from '../../shared/problems/planning.ts'
import { procoreProblems } from '../../shared/problems/procore.ts'
import { fileProblems } from '../../shared/problems/reading-files.ts'
import { setUpProblems } from '../../shared/problems/setting-up.ts'

it('no trouble is written twice: the later one would hide the earlier', () => {
  const parts = [fileProblems, decidingProblems, procoreProblems, agentProblems, browserProblems, setUpProblems, planProblems].map((part) =>
    Object.keys(part),
  )
  expect(parts.flat().toSorted()).toEqual(Object.keys(problems).toSorted())
})
