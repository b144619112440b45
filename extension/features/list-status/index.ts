import type { PageKind } from '../../../shared/pages/routes.ts'
import { heldOn, listedOn } from '../../pages/lists.ts'
import { defineFeature } from '../feature.ts'
import { isEmptyList } from './cells.ts'
import { watchList } from './list.ts'
import './list-status.css'

/** A badge on each record a list shows, and on those that an open record lists in its tabs. */
export const listStatus = defineFeature({
  id: 'list-status',
  pages: Object.keys({ ...listedOn, ...heldOn }) as PageKind[],
  anchor: 'numberCell',
  isEmpty: isEmptyList,
  start: watchList,
})
