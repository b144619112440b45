import type { Page } from '../../../shared/pages/page.ts'

/** What makes a page another page: features start anew when it changes. The open tab of a record is not part of it. */
export const pageKey = (page: Page | null): string =>
  page ? [page.host, page.family, page.company, page.project, page.kind, page.item?.type, page.item?.id].join('|') : ''
