import { useState } from 'preact/hooks'
import type { StatusItem } from '../../../shared/api/status.ts'
import { itemKey } from '../../../shared/item.ts'
import { say, sayCode } from '../../../shared/words/say.ts'
import { sayWhole, type ToldProblem } from '../../../shared/words/say-problem.ts'
import { moment } from '../../../shared/words/when.ts'
import type { PopoverRequest } from '../popover-door.ts'
import type { Loaded } from './popover.tsx'

type Props = { loaded: Loaded; request: PopoverRequest }
type Allowed = NonNullable<StatusItem['actions']>[number]

/** What this version can do for an item. An agent may allow more; newer versions show it. */
const known: readonly string[] = ['resync']

/** Each action with its forecast, or the reason why not, beneath it. */
export const Actions = ({ loaded, request }: Props) => {
  const actions = actionsOf(loaded).filter(({ action }) => known.includes(action))
  return (
    <>
      {actions.map((action) => (
        <Action key={action.action} action={action} loaded={loaded} request={request} />
      ))}
    </>
  )
}

/** *Check now* is there and not allowed. */
export const isGreyed = (loaded: Loaded): boolean => actionsOf(loaded).some(({ action, allowed }) => known.includes(action) && !allowed)

/** An item's own actions win over those its connection allows for every item; with neither, checking is offered and the agent decides. */
function actionsOf({ details, trouble }: Loaded): readonly Allowed[] {
  const check = [{ action: 'resync', allowed: true }]
  if (!details) return trouble ? check : []
  const { status } = details.link
  if (status.connection === null) return status.actions ?? []
  return status.actions ?? details.connections[status.connection]?.actions ?? check
}

function Action({ action, loaded, request }: Props & { action: Allowed }) {
  const { words, ask, withCompany, item, book } = request
  const [said, setSaid] = useState<'started' | ToldProblem | null>(null)
  const run = async (): Promise<void> => {
    const reply = await withCompany((company) => ask('check', { item, company }))
    setSaid('problem' in reply ? reply.problem : 'started')
  }
  const unreachable = loaded.trouble !== null || book.get(itemKey(item))?.trouble != null
  return (
    <section>
      <div class="actions">
        <button
          class="button"
          type="button"
          disabled={!action.allowed || unreachable}
          aria-describedby={`why-${action.action}`}
          onClick={({ isTrusted }) => isTrusted && void run()}
        >
          {sayCode(words, 'action', action.action)}
        </button>
      </div>
      <small id={`why-${action.action}`} role="status">
        {said === 'started' && say(words, 'action.started')}
        {said !== null && said !== 'started' && sayWhole(words, said)}
        {said === null && forecastOf(action, unreachable, loaded, request)}
      </small>
    </section>
  )
}

function forecastOf({ allowed, reason, action }: Allowed, unreachable: boolean, loaded: Loaded, request: PopoverRequest): string {
  const { words } = request
  if (unreachable) return say(words, 'action.unreachable')
  if (!allowed && reason) return sayWhole(words, reason)
  const asOf = moment(loaded.details?.link.status.erpAsOf, words.locale, new Date()) ?? say(words, 'asOf.unknown')
  return sayCode(words, 'action', `${action}.says`, '', { asOf })
}
