import { render } from 'preact'
import { askOwn } from '../../bridge/own.ts'
import { readOwnPage } from '../../bridge/own-pages.ts'
import { Evidence } from './evidence.tsx'
import { History } from './history.tsx'
import '../../../shared/ui/tokens.css'
import '../../../shared/ui/dark.css'
import '../../../shared/ui/pieces.css'
import './record.css'

/** One record's whole history, or the agent's page for an auditor about it; the address says which. */
async function draw(): Promise<void> {
  const reply = await askOwn('words', {})
  const root = document.getElementById('root')
  if (!root || 'problem' in reply) return
  const words = reply.value
  const page = readOwnPage(location.search)
  document.documentElement.lang = words.locale
  document.title = words.texts[page?.shows === 'evidence' ? 'evidence.title' : 'history.title']
  render(page?.shows === 'evidence' ? <Evidence at={page} words={words} /> : <History at={page} words={words} />, root)
}

void draw()
