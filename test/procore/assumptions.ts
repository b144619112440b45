/**
 * What Procore's published pages and reference do not settle, and what the stand-in does about it. Where code branches on one it takes
 * `chosen` from here. `flags` names the complaints of the published reference that follow from it. Sources are keys of the facts
 * (D: procore/documentation, M: the public OpenAPI extract of May 2026, K: field names of October 2024).
 */
export interface Assumption<T = unknown> {
  readonly text: string
  readonly chosen: T
  readonly source: string
  readonly date: string
  readonly question: string
  /** How the reference's own gap shows when requests and answers are held against it. */
  readonly flags?: string
}

const seen = '2026-11-22'
const assume = <const T>(chosen: T, text: string, source: string, question: string, flags?: string): Assumption<T> => ({
  ...{ chosen, text, source, question, date: seen, flags },
})

export const assumptions = {
  'unlink-null': assume(
    'clears',
    'origin_id null sent with an id clears the link. Switches: clears, 422, 200-but-unchanged.',
    'D/tutorials/tutorial_financial_tools.md, using_sync_actions.md: documented for external data only',
    'Does origin_id:null through sync or PATCH clear the link for each resource?',
    'Request body property origin_id, origin_code or origin_data must be string: the reference knows no null.',
  ),
  'empty-is-null': assume(
    null,
    'An empty field is answered as null, not left out.',
    'M: no property is marked nullable; Procore documents null for dates it could not read (D/best_practices/date_time.md)',
    'Which fields are null and which are left out when empty?',
    'Response body must be string (integer, object): the reference marks nothing as nullable.',
  ),
  'per-page-v1': assume(
    { usual: 100, most: 2000 },
    'v1 lists without a published number page by 100 and give at most 2,000; a larger per_page is cut to that.',
    'D/plan_your_app/pagination.md recommends 2,000 at most',
    'What is the default, and what happens above the maximum?',
  ),
  'single-page-link': assume(
    'no Link header',
    'A list that fits on one page carries Total and Per-Page but no Link.',
    'D/plan_your_app/pagination.md',
    'Is Link there with one page?',
  ),
  'sync-too-many': assume(
    413,
    'More than 1,000 updates are refused whole.',
    'D/tutorials/using_sync_actions.md gives the limit, M names 413 for two of them',
    'What is answered above 1,000?',
  ),
  'unknown-filter': assume(
    'ignored',
    'A filter or query name the list does not know is ignored in lenient mode.',
    'D/tutorials/filtering_on_list_actions.md is silent',
    'Ignored or refused?',
  ),
  'filter-range': assume(
    'both ends count; quotes optional; a bare date means that whole day',
    'Ranges of updated_at and created_at.',
    'D/tutorials/filtering_on_list_actions.md',
    'Are the ends included? Is one date alone accepted?',
  ),
  'both-ids-unknown-id': assume(
    'error',
    'id and origin_id together, id unknown: an error, nothing is created.',
    'D/tutorials/using_sync_actions.md',
    'Is it created instead?',
  ),
  'origin-elsewhere': assume(
    'taken',
    'An origin_id that belongs to an item of another project is refused as taken, never updated.',
    'D/tutorials/using_sync_actions.md',
    'Exact text of the uniqueness error?',
  ),
  'line-sync-id': assume(
    true,
    'id is taken in sync bodies whose schema leaves it out (PO contracts, commitment line items).',
    'D/tutorials/using_sync_actions.md, rule text',
    'Is id accepted there?',
  ),
  'origin-bumps': assume(true, 'Writing only origin fields moves updated_at.', 'not stated', 'Does it, and does it fire a webhook?'),
  'approved-lines': assume(
    'locked except origin fields',
    'Lines of an Approved or Complete commitment refuse values but take origin fields; the company may switch the lock off.',
    'D/tutorials/tutorial_financial_tools.md; S: by status, switchable',
    'Do line item syncs work on Approved commitments when the status lock is on?',
  ),
  'lock-answer': assume(
    422,
    'A locked record answers 422 to a PATCH and a row error in a sync; a write that clears the origin and changes more is refused whole.',
    'S: lock texts',
    'Status and text through the API?',
  ),
  'approved-orders': assume(
    'locked: grand_total',
    'An approved change order refuses another amount, unless the status leaves Approved in the same write; origin fields stay free. Switched off with the lock of commitments.',
    'D/tutorials/tutorial_financial_tools.md; S: by status, switchable',
    'Which fields of an approved change order package are refused by the API?',
  ),
  'codes-are-unique': assume(
    'refused as taken',
    'A code that stands in its place already (sub job in its project, cost code with its biller, standard code in its list, cost type, tax code) is refused.',
    'not stated; 409 or 422 on duplicates in places (M)',
    'Status and text for a second sub job, standard code, cost type or tax code with the same code?',
  ),
  'csv-import-code': assume(
    'code',
    'csv_import_code of a cost type is what its answers call code.',
    'M: line_item_types/sync has csv_import_code, the answer code',
    'Are they one and the same?',
  ),
  'insurance-name': assume(
    'insurance_provider',
    'name of an insurance is what its answers call insurance_provider; a synced insurance stays open to the API.',
    'M: sync has name, the answer insurance_provider; S: policy no., type, dates, limit, name read-only in Procore',
    'Are they one and the same, and does a synced insurance refuse changes by the API too?',
  ),
  'payment-places': assume(
    'refused',
    'A payment must name a commitment of the project and an invoice of that commitment.',
    'not stated',
    'Status and text for a payment with an unknown or foreign invoice?',
  ),
  'direct-cost-lines': assume(
    'may be added',
    'Lines may still be put under a direct cost whose header carries an origin_id; lines that are there are locked with it. Switch: locked.',
    'D/tutorials/tutorial_financial_tools.md: the whole object is immutable in Procore; the line sync can only follow the header sync',
    'May lines be added by API after the header was synced?',
  ),
  'direct-cost-line-codes': assume(
    'refused when missing',
    'A new direct cost line needs wbs_code_id, or cost_code_id with line_item_type_id.',
    'M: direct_costs/line_items/sync',
    'Status and text when a code is missing or unknown?',
  ),
  'line-numbers': assume(
    { strict: 'text', lenient: 'number' },
    'quantity, unit_cost, total_amount and extended_amount of lines come as text (strict) or as numbers (lenient).',
    'M says string, K says number',
    'Which?',
    'Response body quantity, unit_cost, total_amount or extended_amount must be string (lenient mode only).',
  ),
  'contract-list-views': assume(
    'both carry header, amounts and origin fields',
    'compact and extended lists of commitments; extended adds custom_fields; lines have their own list.',
    'M gives one merged shape for both views',
    'What does compact leave out?',
  ),
  'commitment-order-ids': assume(
    'the package id',
    'A commitment change order has the id of its package, and legacy_package_id names it too.',
    'K, M',
    'Are the ids different?',
  ),
  'cost-codes-of-sub-jobs': assume(
    'own list',
    'cost_codes without sub_job_id gives the project’s own codes, with it those of the sub job.',
    'M',
    'Does the list without it hold both?',
  ),
  'missing-company-header': assume(
    400,
    'A missing company header answers 400 with the documented text. Switch: 404 Item not found.',
    'D/tutorials/tutorial_mpz.md; X saw 404',
    'Which status?',
  ),
  'oauth-errors': assume(
    'error, error_description',
    'OAuth refusals look as the usual server library makes them: 401 invalid_client, 400 invalid_grant.',
    'D/oauth: texts only',
    'Shape and status?',
  ),
  'bearer-error': assume(
    'errors text',
    'A dead access token answers 401 {"errors": "The access token is invalid"}.',
    'D/api_essentials/error_reference.md: text only',
    'Body shape?',
  ),
  'rate-windows': assume(
    'fixed windows from the first request',
    'Hour and ten seconds start with the first request in them; refused requests are not counted.',
    'D/plan_your_app/rate_limiting.md',
    'Sliding or fixed? Per app and company?',
  ),
  'permission-levels': assume(
    { None: 1, 'Read Only': 2, Standard: 3, Admin: 4 },
    'Ids of user_access_level.',
    'A shows Admin = 4',
    'The other ids?',
  ),
  'erp-status': assume(null, 'requisitions answer erp_status null: its values are not published.', 'M', 'Which values?'),
  'uom-list': assume(
    'free text',
    'uom is taken as sent; Procore allows the company’s list of units.',
    'M: the enum is a sentence, not values',
    'What is answered to an unknown unit?',
    'uom must be equal to one of the allowed values: the reference’s enum holds a sentence.',
  ),
  'lost-depth': assume(
    'the plain value',
    'Below four levels the extract of the reference writes object for every type; the stand-in answers ids as numbers and names as text.',
    'M is lossy below four levels; K has the types',
    'None to Procore: a gap of the extract.',
    'Response body … id, name, code, base_type, holder_type, origin_id … must be object.',
  ),
  'commitments-status': assume(
    'each kind’s own words',
    'The light commitments list gives purchase orders their own status words (Received, Closed …).',
    'M lists only the work order words there',
    'Are purchase order statuses translated in that list?',
    'Response body status must be equal to one of the allowed values.',
  ),
  'unknown-shapes': assume(
    'names of K',
    'Where the reference gives no shape (users, me, cost codes, vendors, lists of commitment lines, commitment change orders) the names of October 2024 are used.',
    'K',
    'Have fields come or gone since?',
  ),
  'project-people': assume(
    'the company’s ids',
    'The list of a project’s people names them by the ids of the company’s list, and only the active ones.',
    'M, K: “List Project Users … active users associated with a project”; a person of the company is added to a project by that id',
    'Are a company’s admins listed in projects they were never added to? Until known, they are not taken to be.',
  ),
  'filter-arrays': assume(
    'filters[id] and filters[id][]',
    'Both spellings of an array filter are taken.',
    'D/tutorials/filtering_on_list_actions.md shows [], M mostly none',
    'Are both accepted everywhere?',
  ),
} as const satisfies { [id: string]: Assumption }
