import { type Fault, hour } from './fault.ts'

/** The secret is no longer the app's; an hour later somebody enters the right one. */
export const secretExpired: Fault = {
  steps: ['dawn', 'sending'],
  says: 'procore-secret',
  lastsMs: hour,
  start({ standIn, given }) {
    given.secret = 'expired'
    standIn.tokens.revokeAll()
    return () => {
      given.secret = ''
    }
  },
}
