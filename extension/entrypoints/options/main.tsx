import { render } from 'preact'
import { askOwn } from '../../bridge/own.ts'
import { Options } from './options.tsx'
import '../../../shared/ui/tokens.css'
import '../../../shared/ui/dark.css'
import '../../../shared/ui/pieces.css'
import './options.css'

/** Draws the page, and again after every change. */
async function draw(): Promise<void> {
  const [words, settings] = await Promise.all([askOwn('words', {}), askOwn('settings', {})])
  const root = document.getElementById('root')
  if (!root || 'problem' in words || 'problem' in settings) return
  document.documentElement.lang = words.value.locale
  document.title = words.value.texts['options.title']
  render(<Options words={words.value} {...settings.value} changed={() => void draw()} />, root)
}

void draw()
