/**
 * Items of commitments of Sage 300 CRE: JCM_MASTER__COMMITMENT_ITEM (StandardMode), master_jcm_record_1_13 (DictionaryMode). Columns:
 * erp-files.md C3 and C5, read there 2026-11.
 */
import { commitmentItems } from './records/commitment-items.ts'
import { standardFormat } from './standard-format.ts'

export const sageCommitmentItems = standardFormat({
  id: 'sage-commitment-items',
  record: commitmentItems,
  title: 'Sage 300 CRE commitment items (JCM_MASTER__COMMITMENT_ITEM)',
  headers: {
    commitment: ['Commitment', 'isub'],
    item: ['Item_Number', 'item'],
    description: ['Description', 'idesc'],
    units: ['Units', 'iunits'],
    unit_description: ['Unit_Description'],
    unit_cost: ['Unit_Cost', 'iuntcst'],
    amount: ['Amount', 'iamt'],
    amount_invoiced: ['Amount_Invoiced', 'iamtinv'],
    units_invoiced: ['Units_Invoiced', 'iuntinv'],
    tax: ['Tax', 'itxamt'],
    tax_group: ['Tax_Group', 'itxgrp'],
    approved_co_units: ['Approved_Commitment_CO_Units'],
    // The StandardMode name of the approved amount is not public; only its tax is.
    approved_co_amount: ['iappcoa'],
    approved_co_tax_amount: ['Approved_Commitment_CO_Tax_Amount', 'iaptcoa'],
    job: ['Job', 'ijob'],
    extra: ['Extra', 'iextra'],
    cost_code: ['Cost_Code', 'iphase'],
    category: ['Category', 'icat'],
  },
  never: ['Transaction_Type', 'Commitment_CO', 'Invoice', 'Dist_Sequence'],
})
