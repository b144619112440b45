import { el, icon } from './elements.js'
import { mountHeader } from './header.js'
import { mountOverlays } from './overlays.js'
import { stage } from './random.js'

/** The islands of a server-made page: header and side panel come late, the content was there from the start. */
const header = el('header-app')
document.querySelector('#app-header').append(header)
mountOverlays()
void mountHeader(header, document.title.split(' • ')[0])
await stage(100, 400)
document.querySelector('#sidecar').append(el('sidepanel-app', {}, el('div', { class: 'dock' }, icon('Panel', 'M2 2h12v12H2zm8 1v10h3V3z'))))
