import { defineFeature } from '../feature.ts'
import { isEmptyList } from './cells.ts'
import { watchList } from './list.ts'
import './list-status.css'

/** A badge on each listed commitment. */
export const listStatus = defineFeature({
  id: 'list-status',
  pages: ['commitments'],
  anchor: 'numberCell',
  isEmpty: isEmptyList,
  start: watchList,
})
