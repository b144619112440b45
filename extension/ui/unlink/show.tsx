import { openDialog } from '../dialog/open.tsx'
import type { UnlinkManyRequest, UnlinkRequest } from '../popover-door.ts'
import { Confirm } from './confirm.tsx'
import { Many } from './many.tsx'
import css from './override.css?inline'

const tag = 'tieback-unlink'

export const showUnlink = (request: UnlinkRequest): void =>
  openDialog({ tag, css, back: request.back, content: (parts) => <Confirm request={request} {...parts} /> })
export const showUnlinkMany = (request: UnlinkManyRequest): void =>
  openDialog({ tag, css, back: request.back, content: (parts) => <Many request={request} {...parts} /> })
