import type { Endpoint } from './endpoint.ts'
import { vendorName } from './rules/names.ts'
import { generalPaging, page } from './rules/paging.ts'

/** The light list of both kinds: few fields, no origin (facts 6.2). */
export const commitments: Endpoint[] = [
  {
    ...{ method: 'GET', path: '/rest/v1.0/commitments', project: 'query', query: ['project_id', 'page', 'per_page'] },
    handle: (call) =>
      page(call, call.company.commitments(call.projectId), generalPaging, (contract) => ({
        ...{ id: contract.id, title: contract.title, number: contract.number, status: contract.status, description: contract.description },
        ...{
          executed: contract.executed,
          delivery_date: contract['delivery_date'] ?? null,
          created_at: contract.created_at,
          private: contract.private,
        },
        vendor: contract.vendor_id === null ? null : { id: contract.vendor_id, name: vendorName(call.company, contract.vendor_id) },
      })),
  },
]
