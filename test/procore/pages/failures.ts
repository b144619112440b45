import { html } from 'hono/html'

const bare = (title: string, text: string) => html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<link rel="stylesheet" href="/stand-in/client/shared.css"></head><body><div class="failure"><h1>${title}</h1><p>${text}</p></div></body></html>`

/** Bots meet this page now and then and reload it (a Playwright program, 2026-03). */
export const somethingWentWrong = () => bare('Something went wrong', 'Please reload the page.')
export const pageNotFound = () => bare('Page not found', 'The stand-in has no such page.')
/** Where every page leads once the session has ended. */
export const loginPage = () => bare('Log in', 'Your session has ended.')
