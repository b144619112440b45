import { expect } from 'vitest'
import type { ProblemCode } from '../../shared/problem.ts'

/** What the product told contains this code; test/structure/problem-codes.test.ts wants one such line for every code there is. */
export function reaches(code: ProblemCode, told: unknown): void {
  expect([told].flat()).toContain(code)
}
