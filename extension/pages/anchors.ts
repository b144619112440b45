import { linkTo } from './lists.ts'

/**
 * Each place in Procore's pages that Tieback attaches to or reads. Newest selector first; the first one that matches wins.
 * Selectors rest on attributes that survive a release (`col-id`, `data-qa`, `data-header`, element names and ids), never on hashed
 * classes, positions or visible words: people reorder columns, and the words change even within English.
 */
type Selector = {
  css: string
  /** Where this shape was seen, and when. */
  seen: string
}

export type Anchor = {
  selectors: readonly Selector[]
  /** What is lost while the page does not show it; for the health report. */
  carries: string
}

const rendered = (what: string): string => `${what}, rendered page of an ERP-integrated company, 2026-06`

/** Grids open a grid of their own inside an expanded row, and a totals row at the foot: neither holds a contract of this list. */
const OWN_ROW = ':not(.ag-floating-bottom *):not(.ag-floating-top *):not(.ag-details-row *)'

/** A link to any record that lists hold. */
const RECORD_LINK = `:is(${Object.keys(linkTo)
  .map((before) => `a[href*="${before}"]`)
  .join(', ')})`

const assumed = 'commitments list, 2026-06; that other tools of the new family name their column the same was not seen'

const define = <Name extends string>(table: Record<Name, Anchor>): Record<Name, Anchor> => table

export const anchors = define({
  // every page
  companyLink: {
    carries: 'the company id of pages whose address hides it',
    selectors: [{ css: 'a[data-header="company-home-button"][href*="/set_company/"]', seen: rendered('header, both families') }],
  },
  projectLink: {
    carries: 'the project id of pages whose address hides it',
    selectors: [{ css: 'a[data-header="logo"][href]', seen: rendered('header, both families') }],
  },
  pickerNames: {
    carries: 'the names of company and project',
    selectors: [{ css: '[data-header="picker-company-project"]', seen: rendered('header, both families') }],
  },
  contextScript: {
    carries: "the person's language on new pages",
    selectors: [{ css: 'script#third-party-scripts-pendo', seen: rendered('both families') }],
  },
  content: {
    carries: 'noticing that a page changed its content',
    selectors: [
      { css: 'main#mount-point', seen: rendered('both families') },
      { css: '#main_content', seen: rendered('legacy family') },
    ],
  },

  // lists
  list: {
    carries: 'the line above the list',
    selectors: [
      { css: '[data-qa="data-table-table"]', seen: rendered('commitments list') },
      { css: '#main_panel table.item-list', seen: rendered('legacy list') },
    ],
  },
  numberCell: {
    carries: 'the badge of each listed record',
    selectors: [
      { css: `.ag-row[row-id] > .ag-cell[col-id="number"]${OWN_ROW}`, seen: `ag-grid 31.0, ${assumed}` },
      {
        css: `table.item-list tbody td:has(> ${RECORD_LINK})`,
        seen: `${rendered('portfolio, legacy list')}; the ERP tool's and a record's own lists are taken to be made alike`,
      },
      {
        css: `[data-id]:has(a[href*="directory/edit_vendor/"])`,
        seen: rendered('directory of people, rows by their data-id'),
      },
    ],
  },
  erpStatusCell: {
    carries: "the badge of each listed commitment, beside Procore's own mark",
    selectors: [{ css: `.ag-row[row-id] > .ag-cell[col-id="erpStatus"]${OWN_ROW}`, seen: rendered('commitments list, ag-grid 31.0') }],
  },
  numberLink: {
    carries: 'which record a listed row is',
    selectors: [
      { css: `.ag-cell[col-id="number"]${OWN_ROW} ${RECORD_LINK}`, seen: `ag-grid 31.0, ${assumed}` },
      { css: `table.item-list tbody ${RECORD_LINK}`, seen: rendered('portfolio, legacy list') },
      { css: `[data-id] a[href*="directory/edit_vendor/"]`, seen: rendered('directory of people') },
    ],
  },

  // an open record
  recordTitle: {
    carries: 'the badge of an open record',
    selectors: [
      {
        css: '[data-core-react="detail-page"] [data-qa="title"]',
        seen: `${rendered('commitment, new page')}; taken to be the same for other records`,
      },
      { css: '#main_panel .tool-header h1:not(.tool-heading)', seen: rendered('direct cost, legacy record') },
    ],
  },
  projectTitle: {
    carries: 'the badge of an open project',
    selectors: [
      { css: '[data-core-page-layout-root="true"] h1', seen: "head of a new tool's list, 2026-06; no project home was seen" },
      { css: '#main_panel .tool-header h1', seen: 'head of a legacy tool, 2026-06; no project home was seen' },
    ],
  },
  headerActions: {
    carries: "Tieback's actions beside Procore's own",
    selectors: [{ css: '[data-qa="headerActions"]', seen: rendered('commitment, new page') }],
  },
  numberField: {
    carries: 'the cross-check with the ERP code Procore shows',
    selectors: [{ css: '[data-qa="field_number"]', seen: rendered('commitment, new page') }],
  },
  vendorField: {
    carries: 'the cross-check with the ERP vendor code Procore shows',
    selectors: [{ css: '[data-qa="field_vendor"]', seen: rendered('commitment, new page') }],
  },

  lockedText: {
    carries: "Procore's own reason why a record is locked",
    selectors: [{ css: '#main_panel .table-header aside', seen: rendered('direct cost, legacy') }],
  },

  // Procore's own ERP marks, which ours never cover
  nativeMark: {
    carries: "staying clear of Procore's own Synced mark",
    selectors: [
      { css: 'i[data-qa="erpStatus"]', seen: rendered('commitments list and title') },
      { css: 'img[src*="/assets/erp/erp_tag_rect_"]', seen: rendered('direct cost, legacy') },
      { css: 'img[src*="/assets/erp/banner_diagonal-"]', seen: rendered('portfolio, legacy list row') },
    ],
  },
  nativeToasts: {
    carries: "staying clear of Procore's own messages",
    selectors: [
      { css: 'body > [class*="StyledPortal-core-"] [timeout]', seen: rendered('toast host, both families') },
      { css: '.Toastify', seen: rendered('header, both families') },
    ],
  },

  // the ERP tool: no page of it was ever seen, only the names one program clicks
  jobCostPicker: {
    carries: 'which projects the ERP tool can sync',
    selectors: [{ css: 'select#active_synced_projects', seen: 'a public job-cost program that drives the ERP tool, 2026' }],
  },
})

export type AnchorName = keyof typeof anchors

/** Every element of an anchor inside `root`, by the newest selector that finds any. */
export function findAll(root: ParentNode, name: AnchorName): Element[] {
  for (const { css } of anchors[name].selectors) {
    const found = root.querySelectorAll(css)
    if (found.length > 0) return [...found]
  }
  return []
}

/** The first element of an anchor inside `root`, or null. */
export function findOne(root: ParentNode, name: AnchorName): Element | null {
  for (const { css } of anchors[name].selectors) {
    const found = root.querySelector(css)
    if (found) return found
  }
  return null
}
