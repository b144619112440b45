/** Our own icons, drawn in a 16 px square with one stroke each; colour never speaks alone, so every state has a shape. */
export const icons = {
  check: 'M3.5 8.5 6.5 11.5 12.5 4.5',
  unlinked: 'M6.5 9.5 4 12M9.5 6.5 12 4M3 6h2M6 3v2M13 10h-2M10 13v-2',
  up: 'M8 13V3.5M4 7.5 8 3.5 12 7.5',
  clock: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M8 5v3l2.2 1.5',
  back: 'M6.5 4 3 7.5 6.5 11M3 7.5h7a3 3 0 0 1 0 6H8',
  alert: 'M8 2.5 14 13H2zM8 6.5v3M8 11.3v.1',
  differs: 'M3 6h10M3 10h10M10.5 3l-5 10',
  gone: 'M3.5 5h9M6 5V3.5h4V5M4.5 5l.7 8h5.6l.7-8',
  dots: 'M4 8h.1M8 8h.1M12 8h.1',
  other: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M4.2 11.8 11.8 4.2',
} as const
export type IconName = keyof typeof icons
