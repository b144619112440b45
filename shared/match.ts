/** How certain a pair of record and item must be to be tied without a person looking at it alone. Plain data: page scripts carry it. */

/** Unless told otherwise: two or three things speak for it, one of them a number. */
export const certainFrom = 0.9
/** What is less likely than this is never tied so. */
export const leastLikely = 0.5
/** At most so many pairs are tied by one call, and so many of those left are listed. */
export const matchesAtMost = 500
