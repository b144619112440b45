import * as france from './fr-FR.ts'
import type { ProblemTexts, WordTexts } from './languages.ts'

/** Français (Canada) : les mots où l’édition canadienne de Procore diffère (support.procore.com, fr-ca, 2026) ; le reste est commun. */
export const words: WordTexts = {
  ...france.words,
  'says.sent': 'Envoyé à {erp} : {since} ; attend l’approbateur comptable.',
  'state.left-with-job': 'Parti : travail',
  'cell.left-with-job': 'Travail parti',
  'says.left-with-job': 'Sorti des listes de {erp} avec son travail. Une personne décide.',
  'forecast.with-job': 'Sorti de {erp} avec son travail {job} ({since}). Une personne doit dire qu’il faut le dissocier.',
  'still.commitment-change-order': 'L’ODCE est toujours dans l’ERP. Veuillez le supprimer avant de réessayer.',
  'still.reverse': 'L’ODCE est toujours dans l’ERP. Il ne peut pas y être supprimé ; la marche à suivre vient ensuite.',
  'still.prime-change-order': 'L’ODCCP est toujours dans l’ERP. Veuillez le supprimer avant de réessayer.',
  'match.same-company': 'Même compagnie',
  'match.company-differs': 'D’une autre compagnie',
  'chain.can-push': '« Peut transmettre à la comptabilité » dans Procore',
  'chain.project-synced': 'Le projet est lié à un travail de l’ERP',
  'chain.vendor-linked': 'Sa compagnie est liée à un fournisseur',
  'chain.lines': 'Au moins une ligne avec un code de coûts et un type de coût de l’ERP',
  'chain.with-job': 'Parti avec son travail : une personne dit qu’il peut être dissocié',
  'who.company-admin': 'Admin de la compagnie dans Procore',
  'many.cost-code-missing': '{records} en attente du code de coûts {code} dans le projet {project}.',
  'many.vendor-unmatched': '{records} en attente : le fournisseur {vendor} n’est lié à aucune compagnie dans Procore.',
  'field.vendor': 'Compagnie',
  'field.cost-code': 'Code de coûts',
  'field.retainage': 'Retenue',
  'item.vendor': 'Compagnie',
  'item.cost-code': 'Code de coûts',
  'item.standard-cost-code': 'Code de coûts standard',
  'item.commitment-change-order': 'Ordre de changement à l’engagement',
  'entity.jobs': 'travaux',
  'entity.jc-transactions': 'coûts des tâches',
  'entity.standard-cost-codes': 'codes de coûts standard',
  'entity.cost-codes': 'codes de coûts',
  'entity.commitment-cos': 'ordres de changement à l’engagement',
}

export const problems: ProblemTexts = {
  ...france.problems,
  'project-unmatched': [
    'Le travail {job} n’a pas de projet de ce numéro dans Procore.',
    'Mettez le numéro de projet dans Procore, ou écartez le travail.',
  ],
  'project-not-permitted': [
    'Procore ne montre pas le projet {project} à Tieback.',
    'Ajoutez-le aux projets autorisés de l’application : dans Procore, administration de la compagnie → gestion des applications → Afficher à côté de l’application → Autorisations.',
  ],
  'vendor-unmatched': ['Le fournisseur {vendor} n’est lié à aucune compagnie dans Procore.', 'Liez d’abord la compagnie ; ceci l’attend.'],
  'cost-code-missing': [
    'Le projet {project} n’a pas de code de coûts {code}.',
    'Ajoutez le code dans Procore ; l’envoi repart de lui-même.',
  ],
  'approver-missing-procore': [
    'Il vous manque « Peut transmettre à la comptabilité » dans Procore (état du {asOf}).',
    'Un approbateur comptable, admin du répertoire de Procore, peut l’accorder ; Tieback suit en moins d’un jour.',
  ],
  'procore-not-connected': [
    'L’application n’est pas connectée à cette compagnie Procore.',
    'Un admin Procore l’installe dans les paramètres de compagnie → gestion des applications.',
  ],
  'wrong-company': [
    'Cet agent sert {agent}, cette page est {page}.',
    'Rien n’est affiché ni fait ici. Associez l’agent de cette compagnie.',
  ],
  'wrong-environment': [
    'Cette page est de Procore ({environment}) ; cet agent travaille avec un autre environnement de cette compagnie.',
    'Rien n’est affiché ni fait ici. Ouvrez la fiche dans cet autre environnement, ou associez l’agent de celui-ci.',
  ],
}
