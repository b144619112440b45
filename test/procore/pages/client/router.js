import { toolAt } from './addresses.js'

/** The new family changes its address without loading: `go` swaps the content in place, as do the browser's back and forward. */
let show = () => undefined

export function onRoute(handler) {
  show = handler
  addEventListener('popstate', () => show(routeOf(location.pathname)))
  show(routeOf(location.pathname))
}

export function go(path) {
  history.pushState({}, '', path)
  show(routeOf(path))
}

/** A link of the new family: a plain anchor, taken over on a plain click. */
export const inPlace = (path) => ({
  href: path,
  click: (event) => {
    if (event.metaKey || event.ctrlKey || event.button !== 0) return
    event.preventDefault()
    go(path)
  },
})

/** Also reads legacy addresses, since the new pages' own links carry them. */
export function routeOf(path) {
  const other = toolAt(path)
  if (other) return { ...other, type: null, recycled: false }
  const [, type = null, id = null, tab = null] = /\/(work_order_contracts|purchase_order_contracts)\/(\d+)(?:\/([a-z_]+))?/.exec(path) ?? []
  return { tool: null, type, id, tab, recycled: path.endsWith('/recycled') }
}
