import type { PagesOptions } from './options.ts'

/** Names of the tools beside commitments and direct costs: invented translations, as in words.ts. */
const en = {
  primeContracts: 'Prime Contracts',
  primeContract: 'Prime Contract',
  changeOrder: 'Change Order',
  primeChangeOrder: 'Prime Contract Change Order',
  potentialChangeOrder: 'Potential Change Order',
  invoicing: 'Invoicing',
  invoice: 'Invoice',
  payment: 'Payment',
  changeEvents: 'Change Events',
  changeEvent: 'Change Event',
  budget: 'Budget',
  costCode: 'Cost Code',
  directory: 'Directory',
  name: 'Name',
  city: 'City',
}
export type ToolWords = typeof en

const fr: ToolWords = {
  primeContracts: 'Contrats principaux',
  primeContract: 'Contrat principal',
  changeOrder: 'Avenant',
  primeChangeOrder: 'Avenant au contrat principal',
  potentialChangeOrder: 'Avenant potentiel',
  invoicing: 'Facturation',
  invoice: 'Facture',
  payment: 'Paiement',
  changeEvents: 'Événements de changement',
  changeEvent: 'Événement de changement',
  budget: 'Budget',
  costCode: 'Code de coût',
  directory: 'Répertoire',
  name: 'Nom',
  city: 'Ville',
}
const de: ToolWords = {
  primeContracts: 'Hauptverträge',
  primeContract: 'Hauptvertrag',
  changeOrder: 'Nachtrag',
  primeChangeOrder: 'Nachtrag zum Hauptvertrag',
  potentialChangeOrder: 'Möglicher Nachtrag',
  invoicing: 'Rechnungsstellung',
  invoice: 'Rechnung',
  payment: 'Zahlung',
  changeEvents: 'Änderungsereignisse',
  changeEvent: 'Änderungsereignis',
  budget: 'Budget',
  costCode: 'Kostencode',
  directory: 'Verzeichnis',
  name: 'Name',
  city: 'Ort',
}
const es: ToolWords = {
  primeContracts: 'Contratos principales',
  primeContract: 'Contrato principal',
  changeOrder: 'Orden de cambio',
  primeChangeOrder: 'Orden de cambio del contrato principal',
  potentialChangeOrder: 'Posible orden de cambio',
  invoicing: 'Facturación',
  invoice: 'Factura',
  payment: 'Pago',
  changeEvents: 'Eventos de cambio',
  changeEvent: 'Evento de cambio',
  budget: 'Presupuesto',
  costCode: 'Código de costo',
  directory: 'Directorio',
  name: 'Nombre',
  city: 'Ciudad',
}

export const toolWordsOf = (locale: PagesOptions['locale']): ToolWords => ({ en, 'fr-FR': fr, 'fr-CA': fr, 'de-DE': de, es })[locale]
