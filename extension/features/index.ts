import type { Feature } from './feature.ts'
import { listLine } from './list-line/index.ts'
import { listStatus } from './list-status/index.ts'
import { syncStatus } from './sync-status/index.ts'
import { toasts } from './toasts/index.ts'
import { unlink } from './unlink/index.ts'

/** Every feature; a new one is added here and nowhere else. */
export const features: readonly Feature[] = [listLine, listStatus, syncStatus, toasts, unlink]
