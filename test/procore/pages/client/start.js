/** What the server says this page is: company, project, person, options and words. */
export const start = JSON.parse(document.querySelector('#stand-in-start').textContent)
export const { options, words, company, project } = start
