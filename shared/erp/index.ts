import { acumatica } from './acumatica.ts'
import type { EraseFacts, Erp, Way } from './erp.ts'
import { sage300Cre } from './sage-300-cre.ts'

/** Every ERP something is known of. */
export const erps: readonly Erp[] = [sage300Cre, acumatica]

/** How this ERP lets go of such a record, with the key of its sentence; null where nothing is known but that it has to. */
export function wayOf(erp: string, { entity, ...facts }: EraseFacts): Way | null {
  const known = erps.find(({ id }) => id === erp)
  const fits = ({ entity: of, when = {} }: Way): boolean =>
    of === entity && Object.entries(when).every(([name, value]) => facts[name as keyof typeof facts] === value)
  const way = known?.ways.find(fits)
  return known && way ? { ...way, words: `${known.id}.${way.words}` } : null
}
