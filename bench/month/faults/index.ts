/** Every fault of the month by name. Each strikes at least once; those of `named` on days of their own. */
import { amountSpoiled, cutOff, miscounted, older } from './bad-files.ts'
import { clockOff } from './clock-off.ts'
import { diskFull } from './disk-full.ts'
import type { Fault } from './fault.ts'
import { fieldTooLong } from './field-too-long.ts'
import { folderReadOnly } from './folder-read-only.ts'
import { killed } from './killed.ts'
import { ledgerDamaged } from './ledger-damaged.ts'
import { ledgerLocked } from './ledger-locked.ts'
import { badGateway, cutAnswers, lostAfterCommit, lostBefore, unavailable } from './lost-calls.ts'
import { procoreDown } from './procore-down.ts'
import { projectsTakenAway } from './projects-taken-away.ts'
import { rateLimitLowered } from './rate-limit-lowered.ts'
import { secretExpired } from './secret-expired.ts'
import { upgraded } from './upgraded.ts'
import { zipBomb } from './zip-bomb.ts'

/** One a day, over twelve days. */
export const named: Readonly<Record<string, Fault>> = {
  'disk full': diskFull,
  'folder read-only': folderReadOnly,
  'a field of 10 MB': fieldTooLong,
  'zip bomb': zipBomb,
  'clock two hours off': clockOff,
  'Procore down for an hour': procoreDown,
  'secret expired': secretExpired,
  'projects taken away': projectsTakenAway,
  'rate limit lowered': rateLimitLowered,
  'ledger locked': ledgerLocked,
  'ledger damaged': ledgerDamaged,
  'upgraded mid-run': upgraded,
}

/** Beside those, two a day or so. */
export const daily: Readonly<Record<string, Fault>> = {
  'half a file': cutOff,
  'a manifest that miscounts': miscounted,
  'an amount nobody can read': amountSpoiled,
  'an older file': older,
  killed,
  'answers lost after commit': lostAfterCommit,
  'answers cut off': cutAnswers,
  'calls lost on the way': lostBefore,
  'errors 502': badGateway,
  'busy 503': unavailable,
}
