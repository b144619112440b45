import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Problem } from '../../shared/ui/problem.tsx'
import { say } from '../../shared/words/say.ts'
import { useLink } from './link.ts'

type Show = ComponentType<{ of: string | null }>

/** A screen that is fetched when somebody first goes there. Where it cannot be, the agent is away or was upgraded: then the page is loaded anew. */
export function later(load: () => Promise<Show>): Show {
  let Here: Show | null = null
  return function Later({ of }) {
    const { words } = useLink()
    const [isLost, setLost] = useState(false)
    const [, setHere] = useState(Here !== null)
    useEffect(() => {
      if (Here === null)
        load().then(
          (show) => {
            Here = show
            setHere(true)
          },
          () => setLost(true),
        )
    }, [])
    if (Here !== null) return <Here of={of} />
    if (!isLost) return <p role="status">{say(words, 'popover.loading')}</p>
    return (
      <Problem told={{ code: 'agent-unreachable' }} words={words}>
        <button class="button" type="button" onClick={() => location.reload()}>
          {say(words, 'console.again')}
        </button>
      </Problem>
    )
  }
}
