import { keyText } from '../../shared/record-key.ts'

/** The key under which a payment of the books is known. */
export const paymentKey = (row: Record<string, string>): string => keyText([row['AP_Payment_ID'], row['Vendor'], row['Invoice']])
