import { hash } from 'node:crypto'
import type { Figure } from '../items/kind.ts'

/**
 * One side of the figures as 16 hex digits: equal when what is compared is equal, whatever else moved. Which figures count never rests on
 * the other side, or a value that one side fills in would look like a change of both.
 */
export function sideHash(figures: readonly Figure[], side: 'erp' | 'procore'): string {
  const text = JSON.stringify(figures.filter(({ judged }) => judged).map((figure) => [figure.field, figure[side]]))
  return hash('sha256', text).slice(0, 16)
}
