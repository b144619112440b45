/** What the agent's list of browsers shows first; a person may write something else. */
export const browserName = (): string => (navigator.userAgent.includes('Firefox') ? 'Firefox' : 'Chrome')
