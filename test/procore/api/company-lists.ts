import { resource } from './resource.ts'

const companyIn = 'query' as const

export const subJobs = resource({
  kind: 'sub_jobs',
  lists: [
    {
      ...{ path: '/rest/v1.0/sub_jobs', project: 'query' },
      items: (call) => call.company.tables.sub_jobs.where((one) => one.project_id === call.projectId),
      view:
        () =>
        ({ id, name, code, origin_id, origin_data, created_at, updated_at }) => ({
          id,
          name,
          code,
          origin_id,
          origin_data,
          created_at,
          updated_at,
        }),
    },
  ],
})

/** Cost types. The reference requires project_id beside company_id. */
export const lineItemTypes = resource({
  kind: 'line_item_types',
  lists: [
    {
      ...{ path: '/rest/v1.0/line_item_types', companyIn, filters: { origin_id: 'text' }, query: ['project_id'] },
      items: (call) => call.company.tables.line_item_types.all(),
      view:
        () =>
        ({ id, name, code, base_type, origin_id, origin_data }) => ({ id, name, code, base_type, origin_id, origin_data }),
    },
  ],
})

export const standardCostCodeLists = resource({
  kind: 'standard_cost_code_lists',
  lists: [
    {
      ...{ path: '/rest/v1.0/standard_cost_code_lists', companyIn },
      items: (call) => call.company.tables.standard_cost_code_lists.all(),
      view:
        () =>
        ({ id, name, is_erp_list, available_to_use_on_new_projects }) => ({ id, name, is_erp_list, available_to_use_on_new_projects }),
    },
  ],
})

export const standardCostCodes = resource({
  kind: 'standard_cost_codes',
  lists: [
    {
      ...{
        path: '/rest/v1.0/standard_cost_codes',
        companyIn,
        filters: { origin_id: 'text' },
        query: ['standard_cost_code_list_id', 'view'],
      },
      items: (call) =>
        call.company.tables.standard_cost_codes.where(
          (one) => String(one.standard_cost_code_list_id) === call.query.get('standard_cost_code_list_id'),
        ),
      view:
        () =>
        ({ created_at: _made, updated_at: _moved, deleted_at: _gone, ...rest }) =>
          rest,
    },
  ],
})

/** Pages of 100 at most (facts 4.1). */
export const taxCodes = resource({
  kind: 'tax_codes',
  lists: [
    {
      ...{ path: '/rest/v1.0/tax_codes', companyIn, paging: { usual: 100, most: 100 } },
      items: (call) => call.company.tables.tax_codes.all(),
      view:
        () =>
        ({ created_at: _made, updated_at: _moved, deleted_at: _gone, ...rest }) =>
          rest,
    },
  ],
})

export const primeContracts = resource({
  kind: 'prime_contracts',
  lists: [
    {
      ...{ path: '/rest/v1.0/prime_contracts', project: 'query', filters: { id: 'any of', updated_at: 'range' } },
      items: (call) => call.company.tables.prime_contracts.where((one) => one.project_id === call.projectId),
      view:
        () =>
        ({ project_id: _project, ...rest }) => ({
          ...rest,
          approved_change_orders: '0.0',
          vendor: null,
          contractor: null,
          attachments: [],
        }),
    },
  ],
})
