import type { INestApplication, Type } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, getSchemaPath, type OpenAPIObject } from '@nestjs/swagger';
import { ROLES_MEMBER } from '../access/access.guard.js';
import { OPEN_MEMBER } from '../sign-in/open-controller.decorator.js';
import { ProblemDto, problemMeaning } from '../http/problem.dto.js';
import { CALLBACKS_MEMBER } from './callbacks-member.js';
import { HAS_ETAG } from '../versions/versioned.decorator.js';
import { pathParameters } from './path-parameters.js';
import { TAGS } from './tags.js';

const ABOUT = `REST API of Switchhook: any PBX in, any CRM out, nothing lost.

**Authentication.** Machines: \`Authorization: Bearer sk_...\`. A tenant's key sees that tenant and nothing else. An operator's key
says for which tenant it acts with the header \`Switchhook-Tenant\`. People: the cookie that signing in sets; what changes something
needs the header \`X-Switchhook\` too, and must come from a page of ours. Who belongs to several tenants says for which one with the
same header; one that is not theirs is answered 404. \`x-roles\` are the roles of people who may.

**Errors** are problem details (RFC 9457) with a stable \`code\` for programs.

**Lists** are read page by page: \`?limit=\` and \`?cursor=\` with the \`nextCursor\` of the page before; null is the end.

**Repeating a POST** is safe with an \`Idempotency-Key\`: within 24 hours the same key and body get the same answer, marked
\`Idempotent-Replayed: true\`.

**Changing** with PATCH: what is left out stays. A body of no members, or none at all where it may be left out, changes nothing
and is answered like a change.

**Not over somebody else's change**: what has an \`ETag\` may be changed with \`If-Match\`; \`resource.changed\` (412) says that it is
another one by now.

**Members** called \`__proto__\` or \`constructor\` are refused wherever they are, as are members that an operation does not know.

**Rate limit**: \`RateLimit-Limit\`, \`RateLimit-Remaining\` and \`RateLimit-Reset\` (seconds) are on every answer.

**Times** are ISO 8601 with their offset from UTC, from the year 0001 to 9999; ids are UUIDv7 and sort by time.`;

const ETAG_HEADER = {
  description: 'Its version, for `If-Match`.',
  schema: { type: 'string', example: '"mhpw6v40"' },
} as const;

type Operation = NonNullable<OpenAPIObject['paths'][string]['post']>;
type Parameter = NonNullable<Operation['parameters']>[number];
type RequestBody = NonNullable<Operation['requestBody']>;

const KEY = 'apiKey';
const SESSION = 'session';
/** Every operation may answer with these; 404 also when an operator acts for a tenant that there is not. */
const COMMON_PROBLEMS = [400, 401, 403, 404, 429, 503] as const;
/** And those whose body is read, whether they want one or not. */
const BODY_PROBLEMS = [413, 415] as const;
/** And those that an idempotency key makes repeatable. */
const REPEAT_PROBLEMS = [409, 422] as const;
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

const TENANT_HEADER = {
  name: 'Switchhook-Tenant',
  in: 'header',
  required: false,
  description:
    'For operators, and for people who belong to several tenants: the tenant that the request is about.',
  schema: { type: 'string', format: 'uuid' },
} as const;

const IDEMPOTENCY_HEADER = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Makes repeating this request safe for 24 hours; a random UUID is good.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
} as const;

/**
 * The OpenAPI document of the API, and of nothing else that the application may serve. Touches no database.
 *
 * @param module  the module whose features are documented
 */
export function openApiDocument(app: INestApplication, module: Type): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Switchhook')
    .setDescription(ABOUT)
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key: sk_...' }, KEY)
    .addSecurityRequirements(KEY)
    .addCookieAuth('__Host-switchhook', { type: 'apiKey', in: 'cookie' }, SESSION)
    .addSecurityRequirements(SESSION)
    .addServer('/', 'The installation that serves this document.');
  for (const [tag, about] of Object.entries(TAGS)) builder.addTag(tag, about);
  const config = builder.build();
  const document = SwaggerModule.createDocument(app, config, {
    include: [module],
    // A module's features are modules that it imports.
    deepScanRoutes: true,
    extraModels: [ProblemDto],
    operationIdFactory: (controller, method) => operationId(controller, method),
  });
  // What is global is imported as well: the probes of health, which load no Swagger to say that they are none of this.
  document.paths = Object.fromEntries(
    Object.entries(document.paths).filter(([path]) => path.startsWith('/v1/')),
  );
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (!operation) continue;
      const isOpen = memberOf(operation, OPEN_MEMBER) === true;
      if (memberOf(operation, ROLES_MEMBER) === undefined) {
        throw new Error(`${method} ${path} does not say which role may: give it or its controller a @May.`);
      }
      if (isOpen) operation.security = [];
      takeCallbacks(operation);
      operation.parameters = [
        ...pathParameters(path),
        ...(operation.parameters ?? [])
          .filter((given) => !('in' in given && given.in === 'path'))
          .map(severalTimes),
        ...(isOpen || path.startsWith('/v1/tenants') ? [] : [TENANT_HEADER]),
        ...(method === 'post' && !isOpen ? [IDEMPOTENCY_HEADER] : []),
      ];
      showEtag(operation);
      if (operation.requestBody) allowNoBody(operation.requestBody, document);
      const problems = [...problemsOf(method), ...(path.includes('{') ? PATH_PROBLEMS : [])];
      for (const status of problems) operation.responses[status] ??= problemResponse(status);
    }
  }
  return document;
}

function takeCallbacks(operation: Operation): void {
  const members = operation as unknown as Record<string, unknown>;
  if (members[CALLBACKS_MEMBER] === undefined) return;
  members['callbacks'] = members[CALLBACKS_MEMBER];
  Reflect.deleteProperty(members, CALLBACKS_MEMBER);
}

function memberOf(operation: Operation, name: string): unknown {
  return (operation as unknown as Record<string, unknown>)[name];
}

/** Says which answers have one; the mark that said so is for us alone. */
function showEtag(operation: Operation): void {
  const marked = operation as Operation & { [HAS_ETAG]?: true };
  if (marked[HAS_ETAG] === undefined) return;
  Reflect.deleteProperty(marked, HAS_ETAG);
  const ok = operation.responses['200'];
  if (ok && !('$ref' in ok)) ok.headers = { ETag: ETAG_HEADER };
}

/** A list in a query is written by naming the parameter several times, which is also what OpenAPI takes for granted. */
function severalTimes(given: Parameter): Parameter {
  const isList = 'schema' in given && given.schema && 'type' in given.schema && given.schema.type === 'array';
  return isList ? { ...given, style: 'form', explode: true } : given;
}

/** Where something of the caller's own stands in the path. */
const PATH_PROBLEMS = [414];

function problemsOf(method: (typeof METHODS)[number]): number[] {
  const [body, repeat] = [method === 'get' ? [] : BODY_PROBLEMS, method === 'post' ? REPEAT_PROBLEMS : []];
  return [...COMMON_PROBLEMS, ...body, ...repeat];
}

/** A body may be left out where each of its members may: it is then read as an empty object. */
function allowNoBody(body: RequestBody, document: OpenAPIObject): void {
  if ('$ref' in body) return;
  const schema = body.content['application/json']?.schema;
  const name = schema && '$ref' in schema ? schema.$ref.split('/').pop() : undefined;
  const dto = document.components?.schemas?.[name ?? ''];
  if (dto && !('$ref' in dto)) body.required = (dto.required ?? []).length > 0;
}

/** `EndpointsController` and `rotateSecret` make `endpoints.rotateSecret`. */
function operationId(controller: string, method: string): string {
  const noun = controller.replace(/Controller$/, '');
  return `${noun.charAt(0).toLowerCase()}${noun.slice(1)}.${method}`;
}

function problemResponse(status: number) {
  const schema = { $ref: getSchemaPath(ProblemDto) };
  return { description: problemMeaning(status), content: { 'application/problem+json': { schema } } };
}

/** The document as it is committed: members sorted, so that a change in it is a change in the API. */
export function openApiText(document: OpenAPIObject): string {
  return `${JSON.stringify(sorted(document), null, 2)}\n`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, member]) => [name, sorted(member)]));
}
