import type { Json } from '../../items.ts'

/** The error bodies a client must accept (facts 9.3), by the name used in the stand-in's options. */
export const errorShapes = [
  'errors by field',
  'errors text',
  'errors list',
  'message',
  'error object',
  'error reason code',
  'error text',
  'code and message',
] as const
export type ErrorShape = (typeof errorShapes)[number]

export type FieldErrors = { [field: string]: string[] }

/** Thrown by a handler; becomes the answer. */
export class Refusal extends Error {
  readonly status: number
  readonly fields: FieldErrors | undefined
  readonly shape: ErrorShape | undefined

  constructor(status: number, says: string | FieldErrors, shape?: ErrorShape) {
    super(typeof says === 'string' ? says : sentence(says))
    this.status = status
    this.fields = typeof says === 'string' ? undefined : says
    this.shape = shape
  }
}

const sentence = (fields: FieldErrors) =>
  Object.entries(fields)
    .map(([field, texts]) => `${field} ${texts.join(', ')}`)
    .join('; ')

/** The body of a refusal, in the wanted shape; by default fields keep their names and a sentence is `errors` text. */
export function refusalBody(refusal: Refusal, wanted?: ErrorShape): Json {
  const shape = wanted ?? refusal.shape ?? (refusal.fields ? 'errors by field' : 'errors text')
  return shapes[shape](refusal)
}

const firstField = (refusal: Refusal) => Object.keys(refusal.fields ?? {})[0] ?? 'base'

const shapes: { [shape in ErrorShape]: (refusal: Refusal) => Json } = {
  'errors by field': (refusal) => ({ errors: refusal.fields ?? { base: [refusal.message] } }),
  'errors text': ({ message }) => ({ errors: message }),
  'errors list': ({ message }) => ({ errors: [message] }),
  message: ({ message }) => ({ message }),
  'error object': (refusal) => ({
    error: {
      code: String(refusal.status),
      message: refusal.message,
      details: [{ code: 'INVALID', message: refusal.message, source: firstField(refusal) }],
    },
  }),
  'error reason code': ({ message }) => ({
    error: { code: 'BAD_REQUEST', message: 'Bad Request', details: [{ reason_code: 'INVALID_PROPERTY', message }] },
  }),
  'error text': ({ message }) => ({ error: message }),
  'code and message': ({ status, message }) => ({ code: status, message, fields: [], reason: message, error: message }),
}
