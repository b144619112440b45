import { el, icon, styled } from './elements.js'
import { stage } from './random.js'
import { company, project, start, words } from './start.js'

const house = 'M8 1 1 7h2v7h4v-4h2v4h4V7h2z'
const mark = 'M1 13 8 2l7 11h-3L8 7l-4 6z'

/** The black bar with the anchors that name company and project; it mounts late on both families. */
export async function mountHeader(place, toolLabel) {
  await stage(150, 600)
  const home = project ? `/${project.id}/project/home` : `/${company.id}/company/home`
  place.append(
    el(
      'header',
      { class: styled('Header', 'header') },
      el(
        'a',
        { 'data-header': 'company-home-button', href: `/set_company/${company.id}`, 'aria-label': company.name },
        icon('Home', house),
      ),
      el('a', { 'data-header': 'logo', href: home, 'aria-label': words.home }, icon('Logo', mark, 24)),
      el(
        'button',
        { type: 'button', 'data-header': 'picker-company-project' },
        el('span', {}, company.name),
        el('span', {}, project ? `${project.number} - ${project.name}` : ''),
      ),
      el('button', { type: 'button', id: 'tool-picker-target' }, el('span', {}, 'Project tools'), el('span', {}, toolLabel)),
      el('span', { class: 'spacer' }),
      el('span', { class: 'person', title: start.person.name }, initials(start.person.name)),
    ),
  )
}

const initials = (name) =>
  name
    .split(' ')
    .map((part) => part[0] ?? '')
    .join('')
