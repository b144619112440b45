import { toolName } from './addresses.js'
import { showDetail } from './detail.js'
import { el, styled } from './elements.js'
import { mountHeader } from './header.js'
import { showList } from './list.js'
import { mountOverlays } from './overlays.js'
import { stage } from './random.js'
import { onRoute } from './router.js'
import { project } from './start.js'
import { showTool } from './tool.js'

/** Shell, then header, then spinner, then content; an answer that comes after a newer navigation is dropped. */
const root = document.querySelector('#root')
const app = el('contracts-app')
const section = el('section', { 'aria-label': 'main' }, app)
const header = el('header-app')
const dock = el('sidepanel-app', {}, el('iframe', { src: '/stand-in/panel', title: 'Panel' }))
root.append(header, el('main', { id: 'mount-point', 'aria-live': 'polite' }, section), dock)
mountOverlays()
void mountHeader(header, toolName(location.pathname))

let current = 0
let shown = null

onRoute(async (route) => {
  if (shown?.id && shown.id === route.id && shown.type === route.type && shown.tool === route.tool) return shown.openTab(route.tab)
  current += 1
  const mine = current
  const isLate = () => mine !== current
  shown?.close()
  shown = null
  document.title = `${toolName(location.pathname)} • ${project.name}`
  app.replaceChildren(el('div', { class: `${styled('Spinner')} spinner`, role: 'progressbar' }))
  await stage(200, 700)
  if (isLate()) return undefined
  const next = route.tool
    ? await showTool(app, route, isLate)
    : route.id
      ? await showDetail(app, route, isLate)
      : await showList(app, route, isLate)
  if (isLate()) next?.close()
  else shown = next
  return undefined
})
