import type { Project } from '../items.ts'
import type { Call } from './endpoint.ts'
import { resource, type View } from './resource.ts'
import { open } from './rules/locks.ts'
import type { Fields } from './rules/shape.ts'
import type { Writing } from './rules/write.ts'

const fields: Fields = {
  ...{ id: 'whole', origin_id: 'text', origin_data: 'text', origin_code: 'text', name: 'text', project_number: 'text', active: 'flag' },
  ...{ address: 'text', city: 'text', state_code: 'text', zip: 'text', country_code: 'text', time_zone: 'text', phone: 'text' },
  ...{ description: 'text', public_notes: 'text', total_value: 'number', start_date: 'date', completion_date: 'date' },
  ...{ project_stage_id: 'whole', office_id: 'whole', department_ids: 'any', accounting_project_number: 'text' },
  ...{ enable_copy_of_standard_cost_codes: 'flag', store_number: 'text', designated_market_area: 'text', program_id: 'whole' },
}

/** Values the reference never accepts freely: the zone must match Procore's list exactly (facts 9.2). A short excerpt. */
const zones = ['US/Pacific', 'US/Mountain', 'US/Central', 'US/Eastern', 'America/Toronto', 'Europe/Berlin', 'Europe/Madrid', 'UTC']

const visible = (call: Call, project: Project) => call.company.maySeeProject(project.id)

const writing: Writing<'projects'> = {
  kind: 'projects',
  fields,
  lock: open,
  visible,
  fresh: (_call, submitted) => (typeof submitted['name'] === 'string' ? empty : { errors: { name: ["can't be blank"] } }),
  settle: (_call, changes) => {
    const zone = changes['time_zone']
    return typeof zone === 'string' && !zones.includes(zone)
      ? { changes, errors: { time_zone: ['is not included in the list'] } }
      : { changes }
  },
}

const empty = {
  ...{
    name: '',
    project_number: '',
    active: true,
    address: null,
    city: '',
    state_code: '',
    zip: null,
    country_code: 'US',
    time_zone: 'US/Pacific',
  },
  ...{
    total_value: '0.0',
    is_erp_integrated: false,
    start_date: null,
    completion_date: null,
    accounting_project_number: null,
    origin_code: null,
  },
}

const compact = ({ id, name }: Project) => ({ id, name })

/** A list leaves out is_erp_integrated, which only the show view has (reference of May 2026). */
const inList = (call: Call) => (project: Project) => {
  const { deleted_at: _deleted, is_erp_integrated: _erp, ...rest } = project
  const display_name = `${project.project_number} ${project.name}`
  return { ...rest, display_name, company: { id: call.company.id, name: call.company.name }, is_demo: false, custom_fields: {} }
}

const shown: View<'projects'> = (call) => (project) => ({
  ...{ ...inList(call)(project), is_erp_integrated: project.is_erp_integrated, template: false, departments: [] },
  standard_cost_code_list_id: call.company.tables.standard_cost_code_lists.live()[0]?.id ?? null,
})

/** The sync answer's shape is smaller than the show view's (reference of May 2026). */
const inSync: View<'projects'> = (call) => (project) => {
  const { company: _company, is_demo: _demo, custom_fields: _custom, ...rest } = inList(call)(project)
  return rest
}

/** by_status defaults to Active: the list's text says it returns active projects (facts 4.2). */
function byStatus(call: Call): Project[] {
  const wanted = call.query.get('filters[by_status]') ?? 'Active'
  const projects = call.company.tables.projects.all().filter((project) => visible(call, project))
  return wanted === 'All' ? projects : projects.filter((project) => project.active === (wanted === 'Active'))
}

/** filters[synced]: projects synced to an ERP (facts 4.2). */
function synced(call: Call): Project[] {
  const wanted = call.query.get('filters[synced]')
  return byStatus(call).filter((project) => wanted === null || String(project.origin_id !== null) === wanted)
}

const filters = { name: 'text', created_at: 'range', updated_at: 'range', origin_id: 'text', id: 'any of' } as const
const common = ['filters[by_status]', 'filters[synced]']

export const projects = resource({
  kind: 'projects',
  lists: [
    {
      path: '/rest/v1.0/projects',
      companyIn: 'query',
      items: synced,
      view: (call) => (call.query.get('serializer_view') === 'compact' ? compact : inList(call)),
      filters,
      sorts: ['name', 'display_name'],
      query: [...common, 'serializer_view'],
    },
    {
      path: '/rest/v1.1/projects',
      companyIn: 'query',
      items: synced,
      view: v11View,
      filters: { ...filters, project_number: 'text' },
      sorts: ['name', 'display_name'],
      paging: { usual: 100, most: 300 },
      query: [...common, 'view'],
    },
  ],
  shows: [{ path: '/rest/v1.0/projects/:id', companyIn: 'query', visible, view: shown, query: ['view'] }],
  patches: [
    { path: '/rest/v1.0/projects/:id', companyIn: 'body', key: 'project', writing, view: shown, query: ['run_configurable_validations'] },
  ],
  syncs: [
    { path: '/rest/v1.0/projects/sync', companyIn: 'body', writing, view: inSync, query: ['company_id', 'run_configurable_validations'] },
  ],
})

function v11View(call: Call): (project: Project) => ReturnType<ReturnType<typeof inList>> | { id: number } {
  const asked = call.query.get('view') ?? 'normal'
  if (asked === 'ids') return ({ id }) => ({ id })
  return asked === 'compact' ? compact : inList(call)
}
