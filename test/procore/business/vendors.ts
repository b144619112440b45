import type { Random } from '../random.ts'
import type { FirmVendor } from './shapes.ts'

const first = [
  'Alder',
  'Birch',
  'Cedar',
  'Dunlin',
  'Elmgate',
  'Fernhill',
  'Granite',
  'Heron',
  'Ironwood',
  'Juniper',
  'Kestrel',
  'Larch',
  'Marlow',
  'Norwell',
  'Osprey',
  'Pinecrest',
  'Quill',
  'Redfern',
  'Summit',
  'Tamarack',
  'Umber',
  'Vantage',
  'Willow',
  'Yarrow',
  'Zephyr',
]
const trades = [
  'Drywall',
  'Electric',
  'Plumbing',
  'Concrete',
  'Masonry',
  'Steel',
  'Roofing',
  'Glazing',
  'Painting',
  'Flooring',
  'Mechanical',
  'Excavation',
  'Paving',
  'Millwork',
  'Insulation',
  'Elevator',
  'Fire Protection',
  'Supply',
]
const endings = ['Inc.', 'LLC', 'Co.', 'Ltd.', '& Sons']
const cities = [
  ['Portwell', 'OR', '97401'],
  ['Northgate', 'WA', '98101'],
  ['Stillbrook', 'OR', '97402'],
  ['Lakeview', 'WA', '98201'],
] as const

/** 400 in Procore (two of them one and the same firm) and 41 more that only the ERP knows; 40 of the 400 (and the twin) the ERP does not know. */
const vendorCounts = { inProcore: 400, erpOnly: 41, procoreOnly: 40, byCode: 220 }

export function makeVendors(chance: Random): FirmVendor[] {
  const names = chance.shuffled(first.flatMap((one) => trades.map((trade) => `${one} ${trade}`)))
  const inBooks = vendorCounts.inProcore - 1
  const list = names.slice(0, inBooks + vendorCounts.erpOnly).map((name, n) => vendor(chance, name, n))
  return [...list, twinOf(list[3]!)].map(accented)
}

function vendor(chance: Random, short: string, n: number): FirmVendor {
  const [city, state, zip] = chance.pick(cities)
  const name = `${short} ${chance.pick(endings)}`
  const slug = short.toLowerCase().replaceAll(' ', '')
  return {
    code: `${short.replaceAll(' ', '').slice(0, 4).toUpperCase()}${String(n + 1).padStart(4, '0')}`,
    name,
    erpName: n % 9 === 4 ? name.toUpperCase() : name,
    street: `${chance.whole(10, 9800)} ${chance.pick(['Mill', 'Harbor', 'Depot', 'Orchard', 'Foundry'])} Road`,
    city,
    state,
    zip,
    phone: `(555) 01${chance.whole(0, 9)}-${String(chance.whole(0, 9999)).padStart(4, '0')}`,
    email: `office@${slug}.example`,
    taxId: `00-${String(1_000_000 + n * 37).slice(-7)}`,
    ...standing(n),
  }
}

/** The first 220 carry the ERP code in Procore, the next ones only the name, then 40 that Procore alone knows, then the ERP's own. */
function standing(n: number): Pick<FirmVendor, 'where' | 'procoreHas'> {
  const { inProcore, procoreOnly, byCode } = vendorCounts
  if (n < byCode) return { where: 'both', procoreHas: 'code' }
  if (n < inProcore - 1 - procoreOnly) return { where: 'both', procoreHas: 'name' }
  return n < inProcore - 1 ? { where: 'procore', procoreHas: 'nothing' } : { where: 'erp', procoreHas: 'nothing' }
}

/** The seeded disaster: the same firm twice in Procore under one natural key. */
function twinOf(vendor: FirmVendor): FirmVendor {
  return { ...vendor, where: 'procore', procoreHas: 'code', name: vendor.name.toUpperCase(), disaster: 'duplicate' }
}

/** Two names outside ASCII, so that the encoding of an export matters. */
function accented(vendor: FirmVendor, n: number): FirmVendor {
  if (n === 10) return { ...vendor, name: 'Béton Lévesque Inc.', erpName: 'Béton Lévesque Inc.' }
  if (n === 230) return { ...vendor, name: 'Müller Metallbau LLC', erpName: 'Müller Metallbau LLC' }
  return vendor
}
