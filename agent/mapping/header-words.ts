/** What a header says, in one vocabulary: programs and people call the same thing by many names, in the languages Tieback speaks. Pure. */

/** One word for each thing the fields of records are called by, and how else it is called in bookkeeping (general words of the trade, no ERP's list). */
const called: Record<string, string> = {
  vendor: 'supplier creditor payee subcontractor lieferant kreditor fournisseur fourn proveedor acreedor',
  job: 'project projekt projet chantier proyecto obra baustelle kostentrager',
  invoice: 'bill inv rechnung facture fact factura',
  amount: 'amt value total sum betrag summe montant importe monto',
  description: 'desc descr beschreibung bezeichnung libelle designation descripcion memo remark remarks',
  name: 'company firm nom nombre firma raison',
  date: 'dt datum fecha day',
  quantity: 'qty units menge quantite cantidad',
  effective: 'from start begins valid gueltig gultig von debut desde vigencia',
  expiration: 'expiry expires expire until end ends bis ablauf fin echeance hasta vencimiento',
  check: 'cheque chk scheck talon',
  payment: 'paid pmt zahlung paiement pago bezahlt',
  retainage: 'retention holdback einbehalt retenue retencion',
  commitment: 'contract subcontract po order bestellung vertrag auftrag contrat commande contrato pedido',
  type: 'kind class sort art genre tipo typ',
  rate: 'percent pct percentage satz prozent taux tasa porcentaje',
  policy: 'police poliza versicherungsschein',
  insurance: 'cover coverage versicherung assurance seguro',
  limit: 'deckungssumme plafond limite',
  tax: 'vat gst steuer mwst ust taxe tva impuesto iva',
  category: 'costtype kostenart categorie categoria kategorie',
  costcode: 'phase kostencode',
  status: 'state zustand etat estado stand',
  city: 'town ort stadt ville ciudad',
  zip: 'postal postcode plz cp',
  phone: 'tel telephone telefon telefono fon',
  address: 'street strasse adresse direccion rue calle',
  number: 'no nr num nbr nummer numero id key code ref reference nro',
}

const meaning = new Map(Object.entries(called).flatMap(([word, others]) => [word, ...others.split(' ')].map((one) => [one, word])))

/** Words that mean something together which they do not alone. */
const together: readonly (readonly [RegExp, string])[] = [
  [/\bcost code\b/g, 'costcode'],
  [/\bcost type\b/g, 'costtype'],
  [/\btax (code|group)\b/g, 'tax group'],
  [/\bchange order\b/g, 'changeorder'],
]

/** Words that nearly every code carries: alone they say nothing of which. */
const weak = new Set(['number', 'the', 'of', 'de', 'der', 'des', 'du', 'la', 'le', 'el', 'del'])

/** German writes two words as one: “Rechnungsnummer”, “Lieferantenname”. */
const compound = /^(\p{L}{3,}?)(?:s|n|en)?(nummer|nr|datum|betrag|name|art|satz)$/u

function meaningsOf(word: string): string[] {
  const known = meaning.get(word)
  if (known !== undefined) return [known]
  const [, first = '', last = ''] = compound.exec(word) ?? []
  const of = meaning.get(first)
  return of === undefined ? [word] : [of, meaning.get(last) ?? last]
}

/** “Supplier No.”, “SupplierNo” and “supplier_no” are the set {vendor}; a header of weak words alone keeps them. */
export function headerWords(header: string): ReadonlySet<string> {
  const plain = header
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/n°|#/g, ' number ')
    .replace(/per cent|%/g, ' percent ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  const joined = together.reduce((text, [words, one]) => text.replaceAll(words, one), plain)
  const words = joined.split(' ').flatMap(meaningsOf)
  const strong = words.filter((word) => !weak.has(word))
  return new Set(strong.length > 0 ? strong : words)
}

/** How much two sets of words have in common: 1 the same, 0 nothing. */
export function alikeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = [...one].filter((word) => other.has(word)).length
  return shared / (one.size + other.size - shared)
}
