import { assumptions } from '../assumptions.ts'
import type { Json, User } from '../items.ts'
import type { Call, Endpoint } from './endpoint.ts'
import { resource } from './resource.ts'
import { Refusal } from './rules/refusal.ts'

/** The service account of a client-credentials token (facts 9.1: the id is global). */
const service = { id: 1, login: 'practice-service@apps.example', name: 'Tieback practice app' }

const me: Endpoint = {
  ...{ method: 'GET', path: '/rest/v1.0/me', query: ['company_id', 'project_id'], companyFree: true },
  handle: ({ user }) => ({ body: user ? { id: user.id, login: user.login, name: user.name } : service }),
}

const companies: Endpoint = {
  ...{ method: 'GET', path: '/rest/v1.0/companies', query: ['page', 'per_page', 'include_free_companies'], companyFree: true },
  handle: ({ company }) => ({
    body: [{ id: company.id, name: company.name, is_active: true, logo_url: '', pcn_business_experience: false, my_company: true }],
  }),
}

const companyMe: Endpoint = {
  ...{ method: 'GET', path: '/rest/v1.3/companies/:company_id/me', query: [], companyIn: 'path' },
  handle: ({ user }) => ({
    body: user
      ? { ...drawn(user), company_permission_template_id: 11 }
      : { id: service.id, name: service.name, is_active: true, is_employee: false, erp_integrated_accountant: false },
  }),
}

/** The flag is the directory's "accounting approver" (facts 9.1). */
function drawn({ login: _login, levels: _levels, deleted_at: _deleted, ...user }: User): { [key: string]: Json } {
  const permission_template = {
    id: 11,
    name: user.erp_integrated_accountant ? 'Accounting' : 'Standard',
    type: 'company',
    project_specific: false,
  }
  return { ...user, initials: `${user.first_name[0]}${user.last_name[0]}`, permission_template }
}

const compactUser = ({ id, name, email_address }: User): Json => ({ id, name, email_address })

const users = resource({
  kind: 'users',
  lists: [
    {
      ...{
        path: '/rest/v1.3/companies/:company_id/users',
        companyIn: 'path',
        sorts: ['name', 'full_name', 'email', 'job_title'],
        query: ['view'],
      },
      items: (call) => call.company.tables.users.all(),
      view: usersView,
      filters: { created_at: 'range', updated_at: 'range', vendor_id: 'any of', origin_id: 'text', search: 'part', trade_id: 'any of' },
    },
  ],
})

/** “Returns a list of active users associated with a project” (reference of 2026-05, compact and normal views; its fields stand nowhere whole). */
const projectUsers = resource({
  kind: 'users',
  lists: [
    {
      ...{ path: '/rest/v1.0/projects/:project_id/users', project: 'path', sorts: ['name'], query: ['view', 'filters[employee]'] },
      items: ({ company, projectId }) =>
        company.tables.users.live().filter((user) => user.is_active && company.listsOn(projectId, user.id)),
      view: (call) => (call.query.get('view') === 'compact' ? compactUser : drawn),
      filters: { created_at: 'range', updated_at: 'range', vendor_id: 'any of', origin_id: 'text', search: 'part', id: 'any of' },
    },
  ],
})

/** extended carries erp_integrated_accountant (facts 9.1); normal does not, ids_only is ids. */
function usersView(call: Call): (user: User) => Json {
  const asked = call.query.get('view') ?? 'normal'
  if (asked === 'ids_only') return ({ id }) => ({ id })
  return asked === 'extended'
    ? drawn
    : (user) => ({ ...(compactUser(user) as object), is_active: user.is_active, job_title: user.job_title })
}

/** Level ids: only Admin = 4 was seen (facts 9.1); the others are assumption permission-levels. */
const levelIds: { [name: string]: number } = assumptions['permission-levels'].chosen

const permissions: Endpoint = {
  ...{ method: 'GET', path: '/rest/v1.0/settings/permissions', query: ['company_id', 'project_id', 'filter_correspondence_types'] },
  handle: ({ query, user }) => {
    if (!query.has('company_id') && !query.has('project_id')) throw new Refusal(400, 'company_id or project_id is required')
    return { body: { tools: Object.entries(user?.levels ?? serviceLevels).map(tool) } }
  },
}

const serviceLevels = { Commitments: 'Admin', 'Direct Costs': 'Admin', Directory: 'Admin' }

function tool([friendly, level]: [string, string], n: number): Json {
  return {
    ...{
      id: 900 + n,
      name: friendly.toLowerCase().replaceAll(' ', '_'),
      friendly_name: friendly,
      domain_id: 100 + n,
      tab_group: 'financials',
    },
    ...{
      available_for_user: level !== 'None',
      url: '',
      user_access_level: { id: levelIds[level] ?? 1, name: level },
      permitted_actions: [],
    },
    ...{ can_create: level === 'Admin' || level === 'Standard', create_url: '', trial: false },
  }
}

const baseUrl: Endpoint = {
  ...{ method: 'GET', path: '/rest/v1.0/company_base_url', query: [] },
  handle: (call) => ({ body: { zone: 'us02', web_base_url: call.baseUrl } }),
}

const projectTools: Endpoint = {
  ...{ method: 'GET', path: '/rest/v1.0/projects/:project_id/tools', project: 'path' },
  query: ['filters[is_active]', 'for_mobile', 'include_configurable_generic_tools', 'page', 'per_page'],
  handle: () => ({
    body: ['commitments', 'change_orders', 'direct_costs', 'prime_contracts', 'budget', 'directory'].map((engine_name, n) => ({
      ...{ id: 700 + n, engine_name, is_active: true, position: n + 1, required: false, title: engine_name.replaceAll('_', ' ') },
    })),
  }),
}

export const who: Endpoint[] = [me, companies, companyMe, permissions, baseUrl, projectTools, ...users, ...projectUsers]
