/** The recycle bin shows other records than the list that is counted (address seen 2026-06). */
export const isRecycled = (): boolean => /\/recycled\/?$/.test(location.pathname)
