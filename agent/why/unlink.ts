/** What an unlink hangs on beyond the person's right, link by link, out of the facts its forecast rests on. Pure. */
import type { ForecastCode } from '../../shared/forecast.ts'
import type { WhySays, WhyWho } from '../../shared/why.ts'
import { forecastOf, type UnlinkFacts } from '../unlink/forecast.ts'

export type UnlinkChain = {
  /** As it is said before the click. */
  code: ForecastCode
  /** What it would be once writing is on, nothing is on its way and nothing stands under it: what the ERP’s side alone allows. */
  behind: ForecastCode
  writing: boolean
  underWay: boolean
  /** Whether linked records stand under it. */
  children: boolean
  /** Whether some export is known to hold every record; null where unlinking asks for none, or none can. */
  whole: boolean | null
}

export function unlinkChain(facts: UnlinkFacts, now: number): UnlinkChain {
  const codeOf = (more: Partial<UnlinkFacts>): ForecastCode => forecastOf({ ...facts, ...more }, now).code as ForecastCode
  const { writing, underWay, children } = facts
  return {
    ...{ code: codeOf({}), behind: codeOf({ writing: true, underWay: false, children: [] }) },
    ...{ writing, underWay, children: children.length > 0, whole: isWhole(facts) },
  }
}

function isWhole({ checked, newest, master, sayable, gone, complete }: UnlinkFacts): boolean | null {
  if (!checked || newest === null || !(master || sayable)) return null
  return master && (gone || complete !== null)
}

/** Whether there is a link to take off at all, and whose it is. Where nothing is linked nobody has to mend anything. */
export function linkedSays(chain: UnlinkChain | null): Ends {
  if (chain?.code === 'foreign') return { says: 'no', who: 'company-admin' }
  const none = chain === null || ['not-in-procore', 'compare-only', 'unlinked'].includes(chain.code)
  return none ? { says: 'no', who: null } : { says: 'yes', who: null }
}

type Ends = { says: WhySays; who: WhyWho | null }

/** How the ERP's side stands, and who moves it: every code that can be left once nothing of ours is in the way. */
const ends: Partial<Record<ForecastCode, Ends>> = {
  gone: { says: 'yes', who: null },
  'no-check': { says: 'yes', who: null },
  'procore-gone': { says: 'yes', who: null },
  'procore-free': { says: 'yes', who: null },
  'still-there': { says: 'no', who: 'accountant' },
  'still-there-reverse': { says: 'no', who: 'accountant' },
  'still-there-part': { says: 'no', who: 'admin' }, // its exports never tell: only an admin's override is left
  'procore-there': { says: 'no', who: 'accountant' },
  unlinked: { says: 'no', who: null },
  'never-exported': { says: 'unknown', who: 'accountant' },
  'absent-once': { says: 'unknown', who: 'accountant' },
  'not-complete': { says: 'unknown', who: 'accountant' },
  'in-other-file': { says: 'unknown', who: 'accountant' },
  'procore-unknown': { says: 'unknown', who: 'accountant' },
  'procore-never-exported': { says: 'unknown', who: 'accountant' },
  'never-complete': { says: 'unknown', who: 'admin' },
  'not-said': { says: 'unknown', who: 'admin' },
  // Their exports never tell: only an admin's override is left.
  'not-told': { says: 'unknown', who: 'admin' },
  'with-job': { says: 'unknown', who: 'approver' },
  'procore-wait': { says: 'unknown', who: 'nobody' },
}

export const endsIn = (chain: UnlinkChain): Ends => ends[chain.behind] ?? { says: 'unknown', who: null }
