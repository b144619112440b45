import * as z from 'zod/mini'
import { ProblemDetails } from '../../shared/api/problems.ts'
import { type RouteName, routes } from '../../shared/api.ts'
import { environments } from '../../shared/pages/hosts.ts'
import { headers } from '../../shared/pairing.ts'

type Route = (typeof routes)[RouteName]
type Json = Record<string, unknown>

/** The table of routes as OpenAPI 3.1. Made from the schemas that parse the calls, so it cannot say anything else. */
export function openapi(version: string): Json {
  const paths: Record<string, Json> = {}
  for (const name of Object.keys(routes) as RouteName[]) {
    const route = routes[name]
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(name, route) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Tieback agent', version, license: { name: 'MIT', identifier: 'MIT' } },
    paths,
    components: {
      securitySchemes: {
        proof: {
          type: 'apiKey',
          in: 'header',
          name: headers.proof,
          description: 'A DPoP proof (RFC 9449) with nonce and bh, the SHA-256 of the body.',
        },
      },
      schemas: { Problem: schema(ProblemDetails) },
    },
  }
}

function operation(name: RouteName, route: Route): Json {
  return {
    operationId: name,
    summary: route.says,
    'x-role': route.role,
    security: route.role === 'machine' ? [] : [{ proof: [] }],
    parameters: [...pathParameters(route.path), ...('query' in route ? queryParameters(schema(route.query)) : []), environment],
    ...('body' in route ? { requestBody: { required: true, content: { 'application/json': { schema: schema(route.body) } } } } : {}),
    responses: {
      200: {
        description: route.says,
        content: { [route.path === '/metrics' ? 'text/plain' : 'application/json']: { schema: schema(route.answer, 'output') } },
      },
      default: {
        description: 'A problem (RFC 9457)',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

function schema(of: z.ZodMiniType, io: 'input' | 'output' = 'input'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(of, { io, reused: 'inline' }) as Json
  return rest
}

/** Of every route: which Procore the page shows that asks. */
const environment: Json = { name: 'environment', in: 'query', required: false, schema: { type: 'string', enum: [...environments] } }

const pathParameters = (path: string): Json[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))

function queryParameters({ properties = {}, required = [] }: { properties?: Json; required?: string[] }): Json[] {
  return Object.entries(properties).map(([name, of]) => ({ name, in: 'query', required: required.includes(name), schema: of }))
}
