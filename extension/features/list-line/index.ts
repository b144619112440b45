import type { PageKind } from '../../../shared/pages/routes.ts'
import { listedOn } from '../../pages/lists.ts'
import { defineFeature } from '../feature.ts'
import { watchLine } from './line.ts'
import { isRecycled } from './recycled.ts'
import './list-line.css'

/** How the whole list stands, in one line above it. */
export const listLine = defineFeature({
  id: 'list-line',
  pages: Object.keys(listedOn) as PageKind[],
  anchor: 'list',
  isEmpty: isRecycled,
  start: watchLine,
})
