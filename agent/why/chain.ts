/**
 * The chain an action hangs on, out of what is known. Pure. What the API cannot tell (another person's tool levels, lines the ledger does not keep)
 * is unknown, never guessed; of the ERP's field rules only the confirmed ones decide (erp-integrations.md A 8, B1 and D2, marks C and C2, 2026-11).
 */
import type { ItemType } from '../../shared/item.ts'
import { mayAct } from '../../shared/pairing.ts'
import type { WhyAction, WhyAnswer, WhySays, WhyStep, WhyWho } from '../../shared/why.ts'
import type { RightFacts } from '../unlink/may.ts'
import { endsIn, linkedSays, type UnlinkChain } from './unlink.ts'

export type WhyFacts = {
  action: WhyAction
  type: ItemType
  owner: 'tieback' | 'procore'
  right: RightFacts
  /** Procore's 'Can Push to Accounting', whoever's list counts here; null where it is not known. */
  canPush: boolean | null
  /** Whether the project, the company and the commitment it stands on are tied to the ERP; null where not known. */
  project: boolean | null
  vendor: boolean | null
  commitment: boolean | null
  status: string | null
  number: string | null
  title: string | null
  /** Whether another commitment has its number; null where nobody can say. */
  numberTaken: boolean | null
  /** The ERP is Sage 300 CRE: the rules of D2 are its. */
  sage: boolean
  /** What an unlink hangs on; null where nothing is tied. */
  unlink: UnlinkChain | null
}

type Step = {
  step: WhyStep
  who: WhyWho | null | ((facts: WhyFacts) => WhyWho | null)
  /** Whether this action on this kind of item hangs on it. */
  counts: (facts: WhyFacts) => boolean
  says: (facts: WhyFacts) => WhySays
}

const known = (value: boolean | null): WhySays => (value === null ? 'unknown' : value ? 'yes' : 'no')
const always = (): boolean => true
const never = (): WhySays => 'unknown'

const commitmentTypes: readonly ItemType[] = ['work-order-contract', 'purchase-order-contract']
const underCommitment: readonly ItemType[] = ['commitment-change-order', 'requisition', 'contract-payment']
const ownerSide: readonly ItemType[] = ['prime-change-order', 'payment-application', 'prime-contract']
/** Companies and projects are unlinked with a level on the ERP tool alone (B1). */
const ofCompany: readonly ItemType[] = ['vendor', 'project']

const isCommitment = ({ type }: WhyFacts): boolean => commitmentTypes.includes(type)
const sends = ({ action }: WhyFacts): boolean => action === 'send' || action === 'accept'
/** Procore's own buttons, of its own tool. */
const inProcore = (facts: WhyFacts): boolean => sends(facts) || (facts.action === 'unlink' && facts.owner === 'procore')
const needsTool = (facts: WhyFacts): boolean => inProcore(facts) && facts.action !== 'accept' && !ofCompany.includes(facts.type)
const pushes = (facts: WhyFacts): boolean =>
  facts.action === 'accept' || (facts.action === 'unlink' && inProcore(facts) && !ofCompany.includes(facts.type))

/** Only where both is confirmed does a status decide: a commitment is sent Approved (A 8), a change order of the prime contract too (D2). */
const byStatus: readonly ItemType[] = [...commitmentTypes, 'prime-change-order']
const statusOf = ({ type, status }: WhyFacts): WhySays =>
  status === null || !byStatus.includes(type) ? 'unknown' : known(status.toLowerCase() === 'approved')

const upTo = (most: number, text: string | null, sage: boolean): WhySays =>
  text === null || !sage ? 'unknown' : known(text.length <= most)

function projectOf({ right: { person, project, membership } }: WhyFacts): WhySays {
  if (project === null) return 'yes'
  if (person === null || (person.scope !== null && !person.scope.has(project))) return 'no'
  return known(membership.listed)
}

/** Unlinking something that is tied. */
const unlinks = ({ action, unlink }: WhyFacts): boolean => action === 'unlink' && unlink !== null
/** By Tieback itself: what stands in its own way counts. */
const unlinksHere = (facts: WhyFacts): boolean => unlinks(facts) && facts.owner === 'tieback'
const leftWithJob = ({ unlink }: WhyFacts): boolean => unlink?.behind === 'with-job'
const ofUnlink = <T>({ unlink }: WhyFacts, says: (unlink: UnlinkChain) => T, otherwise: T): T => (unlink ? says(unlink) : otherwise)

const steps: readonly Step[] = [
  { step: 'signed-in', who: 'erp-admin', counts: always, says: ({ right: { person } }) => known(person !== null && !person.suspended) },
  {
    ...{ step: 'role', who: 'erp-admin', counts: always },
    says: ({ right: { person } }) => known(person !== null && mayAct(person.role, 'accountant')),
  },
  { step: 'project', who: 'project-admin', counts: always, says: projectOf },
  {
    ...{ step: 'approver', who: 'erp-admin' },
    counts: ({ action, owner, right }) => action === 'unlink' && owner === 'tieback' && right.approver.source === 'tieback',
    says: ({ right: { approver } }) => known(approver.granted),
  },
  { step: 'erp-level', who: 'company-admin', counts: inProcore, says: never },
  {
    ...{ step: 'commitments-admin', who: 'project-admin', says: never },
    counts: (facts) => needsTool(facts) && !ownerSide.includes(facts.type),
  },
  {
    ...{ step: 'prime-contracts-admin', who: 'project-admin', says: never },
    counts: (facts) => needsTool(facts) && ownerSide.includes(facts.type),
  },
  {
    ...{ step: 'can-push', who: 'company-admin' },
    counts: (facts) =>
      pushes(facts) || (facts.action === 'unlink' && facts.owner === 'tieback' && facts.right.approver.source === 'procore'),
    says: ({ canPush }) => known(canPush),
  },
  {
    ...{ step: 'project-synced', who: 'approver' },
    counts: (facts) => inProcore(facts) && facts.right.project !== null && facts.type !== 'project',
    says: ({ project }) => known(project),
  },
  { step: 'vendor-linked', who: 'approver', counts: (facts) => sends(facts) && isCommitment(facts), says: ({ vendor }) => known(vendor) },
  {
    ...{ step: 'commitment-synced', who: 'approver' },
    counts: (facts) => inProcore(facts) && underCommitment.includes(facts.type),
    says: ({ commitment }) => known(commitment),
  },
  { step: 'status', who: 'project-admin', counts: sends, says: statusOf },
  {
    ...{ step: 'number', who: 'project-admin' },
    counts: (facts) => sends(facts) && isCommitment(facts),
    says: ({ number, sage }) => upTo(12, number, sage),
  },
  {
    ...{ step: 'number-unique', who: 'project-admin' },
    counts: (facts) => sends(facts) && isCommitment(facts),
    says: ({ numberTaken, sage }) => (sage ? known(numberTaken === null ? null : !numberTaken) : 'unknown'),
  },
  {
    ...{ step: 'title', who: 'project-admin' },
    counts: (facts) => sends(facts) && isCommitment(facts),
    says: ({ title, sage }) => upTo(30, title, sage),
  },
  { step: 'lines', who: 'project-admin', counts: (facts) => sends(facts) && isCommitment(facts), says: never },
  { step: 'fields', who: 'accountant', counts: sends, says: never },
  {
    step: 'linked',
    who: ({ unlink }) => linkedSays(unlink).who,
    counts: ({ action }) => action === 'unlink' || action === 'check',
    // A check looks at whatever is tied, whoever holds the link.
    says: ({ action, unlink }) => (action === 'check' ? known(unlink !== null) : linkedSays(unlink).says),
  },
  {
    step: 'under-way',
    who: 'nobody',
    counts: unlinksHere,
    says: (facts) => ofUnlink(facts, ({ underWay }) => known(!underWay), 'unknown'),
  },
  { step: 'writing', who: 'admin', counts: unlinksHere, says: (facts) => ofUnlink(facts, ({ writing }) => known(writing), 'unknown') },
  {
    step: 'children',
    who: 'approver',
    counts: unlinksHere,
    says: (facts) => ofUnlink(facts, ({ children }) => known(!children), 'unknown'),
  },
  {
    ...{ step: 'whole', who: 'admin' },
    counts: (facts) => unlinks(facts) && ofUnlink(facts, ({ whole }) => whole !== null, false),
    says: (facts) => ofUnlink(facts, ({ whole }) => known(whole), 'unknown'),
  },
  { step: 'with-job', who: 'approver', counts: (facts) => unlinks(facts) && leftWithJob(facts), says: never },
  {
    step: 'forecast',
    who: (facts) => ofUnlink(facts, (unlink) => endsIn(unlink).who, null),
    counts: (facts) => unlinks(facts) && !leftWithJob(facts),
    says: (facts) => ofUnlink(facts, (unlink) => endsIn(unlink).says, 'unknown'),
  },
]

/** All links the action hangs on, in their order, whether or not an earlier one fails. */
export function whyChain(facts: WhyFacts): WhyAnswer {
  const chain = steps
    .filter(({ counts }) => counts(facts))
    .map(({ step, who, says }) => ({ step, says: says(facts), who: typeof who === 'function' ? who(facts) : who }))
    .map((one) => (one.says === 'yes' ? { ...one, who: null } : one))
  return { action: facts.action, chain }
}
