/** “Unlink when it is gone”: set, and ended. */
import * as z from 'zod/mini'
import { ForecastShape } from '../forecast.ts'
import { WatchShape, watchDays, watchRole } from '../watch.ts'
import { route } from './route.ts'
import { Reason } from './values.ts'

export const watchRoutes = {
  watch: route({
    method: 'POST',
    path: '/links/{id}/watch',
    role: watchRole,
    says: 'Unlinks it in this person’s name once two exports prove that it is gone from the ERP; where Procore’s connector owns the links, only tells.',
    body: z.object({ days: z.optional(z.number().check(z.int(), z.minimum(1), z.maximum(watchDays.most))), reason: Reason }),
    answer: z.object({
      /** Null where waiting cannot help or a reason is missing (as the forecast says), or where two exports prove already that it is gone and it has just fired. */
      watch: z.nullable(WatchShape),
      forecast: z.nullable(ForecastShape),
    }),
  }),
  unwatch: route({
    method: 'DELETE',
    path: '/links/{id}/watch',
    role: watchRole,
    says: 'Ends a watch. Whoever set it may, an approver who may unlink there, and an admin.',
    answer: z.object({ /** False where there was none. */ cancelled: z.boolean() }),
  }),
}
