const paths: Record<string, string> = {
  'work-order-contract': 'contracts/commitments/work_order_contracts',
  'purchase-order-contract': 'contracts/commitments/purchase_order_contracts',
  'direct-cost': 'direct_costs',
}

/** Where a record opens: its legacy address, which leads to the new pages for those who have them (redirect seen 2026-06). */
export const addressOf = (type: string, id: string, project: string | null): string | null => {
  const path = paths[type]
  return path && project ? `/${project}/project/${path}/${id}` : null
}

/** A project's home, in the family every firm has (rendered pages, 2026-06). */
export const addressOfProject = (project: string): string => `/${project}/project/home`
