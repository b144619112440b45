/** Ids of all features, for those who only switch them on and off; the features themselves stay in the page. */
export const features = ['list-line', 'list-status', 'sync-status', 'toasts', 'unlink'] as const
