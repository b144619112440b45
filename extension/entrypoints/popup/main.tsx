import { render } from 'preact'
import { askOwn } from '../../bridge/own.ts'
import { Popup } from './popup.tsx'
import '../../../shared/ui/tokens.css'
import '../../../shared/ui/dark.css'
import '../../../shared/ui/pieces.css'
import '../../../shared/ui/causes.css'
import './popup.css'

async function draw(): Promise<void> {
  const reply = await askOwn('overview', {})
  const root = document.getElementById('root')
  if (!root || 'problem' in reply) return
  document.documentElement.lang = reply.value.words.locale
  render(<Popup {...reply.value} changed={() => void draw()} />, root)
}

void draw()
