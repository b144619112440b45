import * as common from './es.ts'
import type { ProblemTexts, WordTexts } from './languages.ts'

/** Español (España): las palabras en que difiere la edición española de Procore (support.procore.com, es-es, 2026); lo demás es común. */
export const words: WordTexts = {
  ...common.words,
  'unlink.done': 'Desvinculado correctamente',
  'field.vendor': 'Empresa',
  'entity.commitments': 'pedidos',
  'entity.commitment-items': 'partidas de pedido',
}

export const problems: ProblemTexts = {
  ...common.problems,
  'amount-negative': ['{key} es negativo ({amount}).', 'Revíselo; un pedido no suele ser negativo.'],
}
