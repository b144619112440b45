import type { Filling } from '../practice-company.ts'

const admin = {
  Commitments: 'Admin',
  'ERP Integrations': 'Admin',
  'Direct Costs': 'Admin',
  Directory: 'Admin',
  'Prime Contracts': 'Admin',
  Budget: 'Admin',
}
const standard = {
  ...admin,
  Commitments: 'Standard',
  'ERP Integrations': 'None',
  'Direct Costs': 'Read Only',
  Directory: 'Read Only',
  Budget: 'Read Only',
}

/** Levels are Procore's own words (facts 9.1). One person has the accounting approver's flag. */
const people = [
  { first: 'Ada', last: 'Brenner', title: 'Project accountant', approver: true, active: true, levels: admin },
  { first: 'Jonas', last: 'Keller', title: 'Controller', approver: false, active: true, levels: admin },
  { first: 'Mireille', last: 'Roy', title: 'Project manager', approver: false, active: true, levels: standard },
  { first: 'Tom', last: 'Okafor', title: 'Project engineer', approver: false, active: true, levels: standard },
  {
    first: 'Lucía',
    last: 'Serrano',
    title: 'Project accountant',
    approver: false,
    active: true,
    levels: { ...admin, 'ERP Integrations': 'Standard' },
  },
  { first: 'Former', last: 'Colleague', title: 'Project accountant', approver: true, active: false, levels: admin },
]

export function addPeople({ company }: Filling): void {
  for (const { first, last, title, approver, active, levels } of people) {
    const email = `${plain(first)}.${plain(last)}@practice-builders.example`
    company.add('users', {
      ...{ login: email, email_address: email, name: `${first} ${last}`, first_name: first, last_name: last, job_title: title },
      ...{ is_active: active, is_employee: true, erp_integrated_accountant: approver, levels },
    })
  }
}

const plain = (name: string) =>
  name
    .normalize('NFD')
    .replace(/[^a-zA-Z]/g, '')
    .toLowerCase()
