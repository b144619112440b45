/** The few states a link can be in, what each looks like, and which may follow which. Plain data: page scripts carry it. Append only: ledgers hold places. */
export const linkStates = [
  'not-linked',
  'ready-to-send',
  'sent',
  'rejected',
  'written',
  'synced',
  'failed',
  'changed-in-erp',
  'changed-in-procore',
  'changed-in-both',
  'gone-from-erp',
  'left-with-job',
  'unlinking',
  'unlinked',
  'foreign',
  'orphan',
  'archived',
  'not-compared',
] as const

export type LinkState = (typeof linkStates)[number]

export type Tone = 'green' | 'gray' | 'blue' | 'yellow' | 'red'

/** Colour never speaks alone: every tone comes with an icon and words. */
export const toneOf: Record<LinkState, Tone> = {
  'not-linked': 'gray',
  'ready-to-send': 'blue',
  sent: 'blue',
  rejected: 'yellow',
  written: 'blue',
  synced: 'green',
  failed: 'red',
  'changed-in-erp': 'yellow',
  'changed-in-procore': 'yellow',
  'changed-in-both': 'yellow',
  'gone-from-erp': 'yellow',
  'left-with-job': 'gray',
  unlinking: 'blue',
  unlinked: 'gray',
  foreign: 'gray',
  orphan: 'red',
  archived: 'gray',
  'not-compared': 'gray',
}

const live: readonly LinkState[] = [
  'synced',
  'not-compared',
  'failed',
  'changed-in-erp',
  'changed-in-procore',
  'changed-in-both',
  'gone-from-erp',
  'left-with-job',
  'foreign',
  'unlinking',
  'archived',
  'not-linked',
  'orphan',
]

/** The allowed moves. A state may always stay what it is. */
export const movesFrom: Record<LinkState, readonly LinkState[]> = {
  'not-linked': [
    'ready-to-send',
    'sent',
    'synced',
    'not-compared',
    'failed',
    'changed-in-erp',
    'changed-in-procore',
    'changed-in-both',
    'foreign',
    'archived',
  ],
  'ready-to-send': ['sent', 'not-linked', 'synced', 'not-compared', 'failed', 'foreign', 'archived'],
  sent: [
    'rejected',
    'written',
    'synced',
    'not-compared',
    'failed',
    'ready-to-send',
    'not-linked',
    'changed-in-erp',
    'changed-in-procore',
    'changed-in-both',
    'foreign',
    'gone-from-erp',
    'left-with-job',
  ],
  rejected: ['ready-to-send', 'sent', 'not-linked', 'archived'],
  written: ['rejected', 'synced', 'not-compared', 'failed', 'ready-to-send'],
  synced: live,
  'not-compared': live,
  failed: [...live, 'sent', 'ready-to-send'],
  'changed-in-erp': [...live, 'sent'],
  'changed-in-procore': [...live, 'sent'],
  'changed-in-both': [...live, 'sent'],
  'gone-from-erp': [...live, 'sent'],
  'left-with-job': live,
  unlinking: ['unlinked', 'failed', 'synced', 'not-compared', 'gone-from-erp', 'changed-in-erp', 'changed-in-procore'],
  unlinked: [
    'not-linked',
    'synced',
    'not-compared',
    'ready-to-send',
    'archived',
    'orphan',
    // gone on with: it was off in part only
    'unlinking',
    // taken back by a person: it is what both sides say
    'changed-in-erp',
    'changed-in-procore',
    'changed-in-both',
    'gone-from-erp',
    'left-with-job',
  ],
  foreign: ['not-linked', 'synced', 'not-compared', 'changed-in-erp', 'changed-in-procore', 'changed-in-both', 'failed', 'archived'],
  orphan: ['synced', 'not-compared', 'unlinked', 'archived', 'not-linked'],
  archived: ['not-linked', 'synced', 'not-compared', 'unlinked'],
}

export const mayMove = (from: LinkState, to: LinkState): boolean => from === to || movesFrom[from].includes(to)

/** An unknown state from a newer agent is shown with the agent's own sentence, not guessed. */
export const isLinkState = (text: string): text is LinkState => (linkStates as readonly string[]).includes(text)

/** Why a link moved, as its history says; append only. */
export const moveReasons = [
  'take',
  'poll',
  'check',
  'confirmed',
  'sent',
  'retried',
  'writing-set',
  'unlink',
  'relink',
  'archived',
  'mapping',
] as const
export type MoveReason = (typeof moveReasons)[number]
