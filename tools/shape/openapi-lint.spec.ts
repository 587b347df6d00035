import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { projectRoot } from '#platform';

interface Operation {
  tags: string[];
  summary?: string;
  operationId: string;
  security?: unknown[];
  parameters: { name: string; in: string; style?: string; description?: string; schema: unknown }[];
  responses: Record<string, unknown>;
}
interface Document {
  servers: unknown[];
  tags: { name: string; description?: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { type: string; properties: Record<string, unknown> }> };
}

/** Linted where it is: what is let pass (`.redocly.lint-ignore.yaml`) is let pass for this file. */
const FILE = join(projectRoot(), 'docs/openapi.json');
const COMMITTED = readFileSync(FILE, 'utf8');
/** The linter is started anew for each document. */
const LINTED_WITHIN_MS = 30_000;

const folder = mkdtempSync(join(tmpdir(), 'switchhook-openapi-lint-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** An offence against each of the promises that callers and their generators of code rely on, by the rule that says so. */
const OFFENCES: Readonly<Record<string, (document: Document) => void>> = {
  'no-empty-servers': (document) => (document.servers = []),
  'tag-description': ({ tags }) => delete tags[0]?.description,
  'operation-tag-defined': (document) => (operation(document, '/v1/calls').tags = ['Nobody knows']),
  'operation-summary': (document) => delete operation(document, '/v1/agents').summary,
  'operation-operationId-unique': (document) =>
    (operation(document, '/v1/audit').operationId = operation(document, '/v1/calls').operationId),
  'path-parameters-defined': (document) => (operation(document, '/v1/calls/{id}').parameters = []),
  'parameter-description': (document) =>
    delete operation(document, '/v1/contacts').parameters[0]?.description,
  'array-parameter-serialization': (document) => {
    for (const parameter of operation(document, '/v1/receipts').parameters) delete parameter.style;
  },
  'operation-4xx-response': (document) =>
    (operation(document, '/v1/replays').responses = { 200: { description: 'Well.' } }),
  'no-unresolved-refs': (document) => {
    operation(document, '/v1/dialects').responses = { 200: { $ref: '#/components/responses/None' } };
  },
  'no-unused-components': ({ components }) =>
    (components.schemas.NobodysDto = { type: 'object', properties: {} }),
  'no-invalid-schema-examples': ({ components: { schemas } }) => {
    const ring = { type: 'integer', description: 'How long it rang.', example: 'long' };
    schemas.CallDto = { type: 'object', properties: { ringSeconds: ring } };
  },
  'security-defined': (document) => (operation(document, '/v1/endpoints').security = [{ unheardOf: [] }]),
};

function operation({ paths }: Document, path: string): Operation {
  const found = paths[path]?.get;
  if (found === undefined) throw new Error(`The document has no GET ${path}.`);
  return found;
}

function lint(file: string): { code: number | null; said: string } {
  const { status, stdout } = spawnSync(process.execPath, ['tools/openapi-lint.mjs', file], {
    cwd: projectRoot(),
    encoding: 'utf8',
  });
  return { code: status, said: stdout };
}

describe('the lint of the OpenAPI document', () => {
  it(
    'lets the committed one pass, and says nothing',
    () => {
      expect(lint(FILE)).toEqual({ code: 0, said: '' });
    },
    LINTED_WITHIN_MS,
  );

  it(
    'hears of each offence',
    () => {
      const document = JSON.parse(COMMITTED) as Document;
      for (const offend of Object.values(OFFENCES)) offend(document);
      const offending = join(folder, 'openapi.json');
      writeFileSync(offending, JSON.stringify(document));
      const { code, said } = lint(offending);
      expect(code).toBe(1);
      for (const rule of Object.keys(OFFENCES)) expect(said).toContain(` ${rule} `);
    },
    LINTED_WITHIN_MS,
  );
});
