import { say } from '../../shared/words/say.ts'
import { useLink } from './link.ts'

/** Said for as long as one lost browser would leave nobody who can let anybody in; `admins` is not told to others, nor by agents before this one. */
export const SecondAdmin = ({ admins }: { admins: number | undefined }) => {
  const { words } = useLink()
  if (admins === undefined || admins > 1) return null
  return (
    <section class="problem" data-tone="yellow" data-code="one-admin">
      <p class="says">{say(words, 'recovery.one')}</p>
      <p class="next">{say(words, 'recovery.one.says')}</p>
      <div class="steps">
        <a class="button" href="#/people">
          {say(words, 'recovery.one.people')}
        </a>
        <a class="button" href="#/people/recovery">
          {say(words, 'recovery.open')}
        </a>
      </div>
    </section>
  )
}
