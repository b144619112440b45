import { defineFeature } from '../feature.ts'

/** Results of runs, told in the page a person looks at. */
export const toasts = defineFeature({ id: 'toasts', pages: 'all', anchor: null, start: () => undefined })
