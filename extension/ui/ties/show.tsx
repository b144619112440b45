import { openDialog } from '../dialog/open.tsx'
import type { TiesRequest } from '../popover-door.ts'
import css from './ties.css?inline'
import { Ties } from './ties.tsx'

export const showTies = (request: TiesRequest): void =>
  openDialog({ tag: 'tieback-ties', css, back: request.back, content: (parts) => <Ties request={request} {...parts} /> })
