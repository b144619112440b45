import { defineBackground } from 'wxt/utils/define-background'
import { watchAsk } from '../background/joining.ts'
import { stayInTouch } from '../background/live.ts'
import { answerCalls } from '../bridge/background.ts'

/** The only side that talks to agents. Listeners are registered at once: browsers start us again for what they hear. */
export default defineBackground({
  type: 'module',
  main() {
    answerCalls()
    stayInTouch()
    watchAsk()
  },
})
