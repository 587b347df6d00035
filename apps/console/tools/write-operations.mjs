// Makes src/api/operations.ts of docs/openapi.json: the types of all requests and answers, and where each request goes.
//
//   node apps/console/tools/write-operations.mjs            writes it
//   node apps/console/tools/write-operations.mjs --check    fails where it is not what would be written
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SOURCE = fileURLToPath(new URL('../../../docs/openapi.json', import.meta.url));
const TARGET = fileURLToPath(new URL('../src/api/operations.ts', import.meta.url));
const METHODS = ['get', 'put', 'post', 'patch', 'delete'];

const quoted = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const keyed = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name));
const either = (types) => [...new Set(types)].join(' | ') || 'never';
const literal = (value) => (typeof value === 'string' ? quoted(value) : String(value));

/** @returns {string} the type of a JSON schema; `unknown` for one that says nothing */
function typeOf(schema) {
  if (schema === undefined) return 'unknown';
  if (schema.$ref !== undefined) return schema.$ref.split('/').at(-1);
  if (schema.enum !== undefined) return either(schema.enum.map(literal));
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.allOf !== undefined) return all(schema.allOf, schema);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return either(choices.map(typeOf));
  if (Array.isArray(schema.type)) return either(schema.type.map((type) => typeOf({ ...schema, type })));
  return plain(schema);
}

function all(parts, { type }) {
  const nullable = Array.isArray(type) && type.includes('null');
  const types = parts.map((part) => `(${typeOf(part)})`);
  const joined = parts.length === 1 ? typeOf(parts[0]) : types.join(' & ');
  return nullable ? `${joined} | null` : joined;
}

function plain(schema) {
  switch (schema.type) {
    case 'string':
      return 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'null':
      return 'null';
    case 'array':
      return `readonly (${typeOf(schema.items)})[]`;
    default:
      return schema.properties === undefined ? mapOf(schema) : `{ ${members(schema)} }`;
  }
}

function mapOf({ type, additionalProperties: more }) {
  if (type !== 'object') return 'unknown';
  return `Readonly<Record<string, ${typeof more === 'object' ? typeOf(more) : 'unknown'}>>`;
}

function members({ properties, required = [] }) {
  return Object.entries(properties)
    .map(([name, schema]) => {
      const type = typeOf(schema);
      return required.includes(name) ? `${keyed(name)}: ${type};` : `${keyed(name)}?: ${type} | undefined;`;
    })
    .join(' ');
}

function parametersOf({ parameters = [] }, where) {
  const found = parameters.filter((parameter) => parameter.in === where);
  if (found.length === 0) return 'None';
  const properties = Object.fromEntries(found.map(({ name, schema }) => [name, schema]));
  const required = found.filter((parameter) => parameter.required).map(({ name }) => name);
  return `{ ${members({ properties, required })} }`;
}

function contentOf(content) {
  const json = content?.['application/json'];
  if (json !== undefined) return typeOf(json.schema);
  return content === undefined ? 'undefined' : 'string';
}

function answerOf({ responses }) {
  const good = Object.entries(responses).filter(([status]) => /^2/.test(status));
  return either(good.map(([, { content }]) => contentOf(content)));
}

function* operations({ paths }) {
  for (const [path, methods] of Object.entries(paths)) {
    for (const method of METHODS) {
      if (methods[method] !== undefined) yield { path, method, operation: methods[method] };
    }
  }
}

function textOf(document) {
  const all = [...operations(document)].sort((a, b) =>
    a.operation.operationId < b.operation.operationId ? -1 : 1,
  );
  const schemas = Object.entries(document.components.schemas).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    '// Made by tools/write-operations.mjs of docs/openapi.json: do not change it by hand.',
    '',
    'type None = Readonly<Record<never, never>>;',
    ...schemas.map(([name, schema]) => `export type ${name} = ${typeOf(schema)};`),
    '',
    '/** What each operation is given and answers, by its name in the document. */',
    'export interface Operations {',
    ...all.map(({ operation }) => {
      const body =
        operation.requestBody === undefined ? 'undefined' : contentOf(operation.requestBody.content);
      const given = `path: ${parametersOf(operation, 'path')}; query: ${parametersOf(operation, 'query')}`;
      return `  ${quoted(operation.operationId)}: { ${given}; body: ${body}; answer: ${answerOf(operation)} };`;
    }),
    '}',
    '',
    '/** Method and path of each operation. */',
    'export const ROUTES: Readonly<Record<keyof Operations, string>> = {',
    ...all.map(
      ({ path, method, operation }) =>
        `  ${quoted(operation.operationId)}: ${quoted(`${method.toUpperCase()} ${path}`)},`,
    ),
    '};',
    '',
  ].join('\n');
}

const text = textOf(JSON.parse(readFileSync(SOURCE, 'utf8')));
if (!process.argv.includes('--check')) {
  writeFileSync(TARGET, text);
} else if (readFileSync(TARGET, 'utf8') !== text) {
  process.stderr.write('It is not current: `node apps/console/tools/write-operations.mjs` writes it.\n');
  process.exit(1);
}
