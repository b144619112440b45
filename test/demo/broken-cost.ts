import type { ErpRecord } from '../procore/erp-company.ts'
import type { Books } from './books.ts'
import type { Site } from './site.ts'

export type Cost = { id: number; row: ErpRecord; mend(): void }

/** A code no project of the practice company has. */
export const unknownCode = '09-9999'

/** A bill that Tieback made a direct cost of in the busiest project, by the ERP key it wrote into `origin_id`. */
export function sentCost({ pages: { company, project } }: Site, books: Books): Cost {
  const costs = company.tables.direct_costs.live().filter(({ project_id }) => String(project_id) === project)
  for (const { id, origin_id } of costs) {
    const [run, , sequence] =
      String(origin_id ?? '')
        .split(':jc-transactions:')[1]
        ?.split('|') ?? []
    const row = books.rows('JCT_CURRENT__TRANSACTION').find((one) => one['Run'] === run && one['Sequence'] === sequence)
    if (row?.['Transaction_Type'] === 'AP cost') return { id, row, mend: keeper(row) }
  }
  throw new Error('No bill of the books is a direct cost yet.')
}

/** Remembers a row as it is now. */
function keeper(row: ErpRecord): () => void {
  const before = { ...row }
  return () => void Object.assign(row, before)
}
