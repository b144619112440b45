/**
 * Items of commitments of Sage 300 CRE: JCM_MASTER__COMMITMENT_ITEM (StandardMode), master_jcm_record_1_13 (DictionaryMode). Columns:
 * erp-files.md C3 and C5, read there 2026-11.
 */
import type { Column } from './format.ts'
import { standardFormat } from './standard-format.ts'

const sageCommitmentItemColumns: readonly Column[] = [
  { field: 'commitment', headers: ['Commitment', 'isub'], type: 'code', required: true },
  { field: 'item', headers: ['Item_Number', 'item'], type: 'code', required: true },
  { field: 'description', headers: ['Description', 'idesc'], type: 'text' },
  { field: 'units', headers: ['Units', 'iunits'], type: 'quantity' },
  // Up to 6 characters.
  { field: 'unit_description', headers: ['Unit_Description'], type: 'text' },
  { field: 'unit_cost', headers: ['Unit_Cost', 'iuntcst'], type: 'money' },
  { field: 'amount', headers: ['Amount', 'iamt'], type: 'money', required: true },
  { field: 'amount_invoiced', headers: ['Amount_Invoiced', 'iamtinv'], type: 'money' },
  { field: 'units_invoiced', headers: ['Units_Invoiced', 'iuntinv'], type: 'quantity' },
  { field: 'tax', headers: ['Tax', 'itxamt'], type: 'money' },
  { field: 'tax_group', headers: ['Tax_Group', 'itxgrp'], type: 'code' },
  { field: 'approved_co_units', headers: ['Approved_Commitment_CO_Units'], type: 'quantity' },
  // The StandardMode name of the approved amount is not public; only its tax is.
  { field: 'approved_co_amount', headers: ['iappcoa'], type: 'money' },
  { field: 'approved_co_tax_amount', headers: ['Approved_Commitment_CO_Tax_Amount', 'iaptcoa'], type: 'money' },
  { field: 'job', headers: ['Job', 'ijob'], type: 'code' },
  { field: 'extra', headers: ['Extra', 'iextra'], type: 'code' },
  { field: 'cost_code', headers: ['Cost_Code', 'iphase'], type: 'code' },
  { field: 'category', headers: ['Category', 'icat'], type: 'code' },
]

export const sageCommitmentItems = standardFormat({
  id: 'sage-commitment-items',
  entity: 'commitment-items',
  title: 'Sage 300 CRE commitment items (JCM_MASTER__COMMITMENT_ITEM)',
  columns: sageCommitmentItemColumns,
  never: ['Transaction_Type', 'Commitment_CO'],
  key: ['commitment', 'item'],
  amount: 'amount',
})
