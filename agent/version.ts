import about from '../package.json' with { type: 'json' }

/** The version people see and support asks for. */
export const version: string = about.version
