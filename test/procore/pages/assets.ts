import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Hono } from 'hono'

const client = new URL('client/', import.meta.url)
const grid = new URL('../', import.meta.resolve('ag-grid-community/styles/ag-grid.css'))
const gridFiles: Record<string, string> = {
  'ag-grid-community.min.noStyle.js': 'dist/ag-grid-community.min.noStyle.js',
  'ag-grid.min.css': 'styles/ag-grid.min.css',
  'ag-theme-alpine.min.css': 'styles/ag-theme-alpine.min.css',
}
const kinds: Record<string, string> = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' }
const svg = (width: number, height: number, shapes: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${shapes}</svg>`
const arrows = '<path fill="#fff" d="M12 7h9V4l5 4.5-5 4.5v-3h-9zm16 6h-9v3l-5-4.5 5-4.5v3h9z"/>'
/** Our own drawings under the names of Procore's marks: a tag beside a heading, a corner on a list row. */
const marks: Record<string, string> = {
  erp_tag_rect_synced: svg(40, 20, `<rect width="40" height="20" rx="10" fill="#26732d"/>${arrows}`),
  banner_diagonal: svg(30, 30, '<path d="M0 0h30v30z" fill="#26732d"/>'),
}

/** Scripts, styles and marks of the made pages, and the real ag-grid. */
export function serveAssets(app: Hono): void {
  const file = (url: URL, name: string): Response =>
    new Response(readFileSync(fileURLToPath(url)), { headers: { 'content-type': kinds[name.split('.').at(-1) ?? ''] ?? 'text/plain' } })
  app.get('/stand-in/client/:name{[a-z-]+\\.(?:js|css)}', ({ req }) => file(new URL(req.param('name'), client), req.param('name')))
  app.get('/stand-in/ag-grid/:name', ({ req, notFound }) => {
    const path = gridFiles[req.param('name')]
    if (!path) return notFound()
    const served = file(new URL(path, grid), path)
    served.headers.set('cache-control', 'public, max-age=86400, immutable')
    return served
  })
  app.get('/stand-in/panel', (c) => c.html('<!doctype html><title>Panel</title>'))
  app.get('/assets/erp/:name{[a-z_]+-[0-9a-f]+\\.svg}', (c) => {
    const drawn = marks[c.req.param('name').split('-')[0] ?? '']
    return drawn ? c.body(drawn, 200, { 'content-type': 'image/svg+xml' }) : c.notFound()
  })
}
