import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { showDrawer } from '../ui/drawer/show.tsx'
import { show } from '../ui/popover/show.tsx'
import { offerPopover } from '../ui/popover-door.ts'
import { showUnlink } from '../ui/unlink/show.tsx'

/** Put into a page by the background when details or a list are first asked for; the page's own script finds it in their common world. */
export default defineUnlistedScript(() => offerPopover(globalThis, { popover: show, drawer: showDrawer, unlink: showUnlink }))
