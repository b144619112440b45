import { company, project } from './start.js'

/** Address of the commitments list in the new family; records hang below it. */
export const listAddress = () => `/webclients/host/companies/${company.id}/projects/${project.id}/tools/contracts/commitments`
