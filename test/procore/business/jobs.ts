import type { Job } from './shapes.ts'

const none: readonly [] = []

/** Eight jobs: seven stand in Procore (one of them finished), one is known to the ERP alone. The first is the busy one. */
export const jobs: readonly Job[] = [
  job('24-1001', 'Harbor Street Library', 'Portwell', 'OR', '97401', 4_860_000_000, [
    { code: '010', name: 'Addendum A' },
    { code: '020', name: 'Reading garden' },
  ]),
  job('24-1002', 'Northgate Medical Offices', 'Northgate', 'WA', '98101', 2_310_000_000, [{ code: '010', name: 'Parking deck' }]),
  job('24-1003', 'Quarry Road Elementary', 'Stillbrook', 'OR', '97402', 1_975_000_000, none),
  job('24-1004', 'Old Mill Lofts', 'Portwell', 'OR', '97403', 1_420_000_000, none),
  job('25-1001', 'Lakeview Transit Center', 'Lakeview', 'WA', '98201', 3_150_000_000, none),
  job('25-1002', 'Fairground Pavilion', 'Stillbrook', 'OR', '97404', 640_000_000, none),
  { ...job('23-1009', 'Riverside Clinic', 'Riverside', 'WA', '98301', 890_000_000, none), active: false },
  { ...job('25-1003', 'Depot Warehouse', 'Portwell', 'OR', '97405', 520_000_000, none), where: 'erp' },
]

export const busyJob = '24-1001'

function job(number: string, name: string, city: string, state: string, zip: string, contract: number, extras: Job['extras']): Job {
  return { number, name, city, state, zip, where: 'both', active: true, contract, extras }
}
