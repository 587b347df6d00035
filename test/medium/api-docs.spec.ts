import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { existsSync, readFileSync } from 'node:fs';
import { NEED_CODES, REASON_CODES, TELLING_CODES, WARNING_CODES } from '#domain';
import { DRY_RUN_CODES } from '../../apps/api/endpoints/dry-run/endpoint-dry-run.dto.js';
import { pathParameters } from '../../apps/api/docs/path-parameters.js';
import { OPENAPI_FILE, currentOpenApiText } from '../../apps/api/write-openapi.js';
import { openApi, type TestApi } from '../harness/api.js';

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema?: object;
}
interface Operation {
  parameters?: Parameter[];
  summary?: string;
  operationId: string;
  responses: Record<string, { content?: Record<string, unknown> }>;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<
      string,
      { properties?: Record<string, { description?: string; $ref?: string; enum?: (string | null)[] }> }
    >;
  };
}

/** Two applications are built, one of them on a database of its own. */
const SETS_UP_WITHIN_MS = 30_000;

let api: TestApi;
let document: Document;
beforeAll(async () => {
  api = await openApi();
  document = JSON.parse(await currentOpenApiText()) as Document;
}, SETS_UP_WITHIN_MS);
afterAll(() => api.close());

describe('the documentation', () => {
  it('is served as a page with everything that it loads, to anybody', async () => {
    const page = await fetch(`${api.url}/docs`);
    const html = await page.text();
    expect(page.headers.get('content-type')).toContain('text/html');
    const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? '');
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) expect([file, (await fetch(api.url + file)).status]).toEqual([file, 200]);
  });

  it('is shown in nobody’s frame, and loads and sends nothing elsewhere', async () => {
    for (const path of [
      '/docs',
      '/docs/json',
      '/docs/start.js',
      '/docs/swagger-ui.css',
      '/v1/calls',
      '/nothing',
    ]) {
      const { headers } = await fetch(api.url + path);
      expect([path, headers.get('x-content-type-options')]).toEqual([path, 'nosniff']);
    }
    const policy = (await fetch(`${api.url}/docs`)).headers.get('content-security-policy');
    for (const rule of [
      "default-src 'none'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ])
      expect(policy).toContain(rule);
  });

  it('is valid by a validator of others', async () => {
    const validate = async (given: Record<string, unknown>) => (await new Validator().validate(given)).valid;
    expect(await validate({ ...document })).toBe(true);
    expect(await validate({ ...document, paths: { '/x': { get: { responses: [] } } } })).toBe(false);
  });

  it('declares every parameter of every path, and no other', () => {
    for (const [path, item] of Object.entries(document.paths)) {
      const named = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
      for (const { operationId, parameters = [] } of Object.values(item)) {
        const declared = parameters.filter((one) => one.in === 'path' && one.required && one.schema);
        expect([operationId, declared.map(({ name }) => name)]).toEqual([operationId, named]);
      }
    }
    expect(() => pathParameters('/v1/x/{unheardOf}')).toThrow(/does not describe/);
  });

  it('is served as the same OpenAPI document that is written without a database', async () => {
    const served = (await (await fetch(`${api.url}/docs/json`)).json()) as Document;
    expect(served).toEqual(document);
  });

  it('names every route, with a summary, a unique id, its answer and its problems', () => {
    const operations = Object.values(document.paths).flatMap((item) => Object.values(item));
    expect(operations).toHaveLength(278);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { operationId, summary, responses } of operations) {
      expect([operationId, typeof summary]).toEqual([operationId, 'string']);
      expect([operationId, Object.keys(responses)]).toEqual([
        operationId,
        expect.arrayContaining(['400', '401', '403', '404', '429', '503']),
      ]);
      expect([operationId, Object.keys(responses).some((status) => status.startsWith('2'))]).toEqual([
        operationId,
        true,
      ]);
    }
  });

  it('describes every member of every schema', () => {
    for (const [name, { properties = {} }] of Object.entries(document.components.schemas)) {
      for (const [member, schema] of Object.entries(properties)) {
        expect([name, member, schema.description ?? schema.$ref]).toEqual([name, member, expect.any(String)]);
      }
    }
  });

  it('lists every code that stands beside words', () => {
    const codes: [schema: string, member: string, known: readonly string[]][] = [
      ['WarningDto', 'code', WARNING_CODES],
      ['NeedDto', 'code', NEED_CODES],
      ['TellingDto', 'code', TELLING_CODES],
      ['DryRunEventDto', 'code', DRY_RUN_CODES],
      ['DeliveryDto', 'reasonCode', REASON_CODES],
      ['AttemptDto', 'decisionCode', REASON_CODES],
      ['ReceiptDto', 'reasonCode', REASON_CODES],
      ['EndpointDto', 'stateReasonCode', REASON_CODES],
      ['StateChangeDto', 'reasonCode', REASON_CODES],
      ['TimelineItemDto', 'reasonCode', REASON_CODES],
      ['TimelineItemDto', 'decisionCode', REASON_CODES],
    ];
    for (const [schema, member, known] of codes) {
      const documented = document.components.schemas[schema]?.properties?.[member]?.enum?.filter(
        (code) => code !== null,
      );
      expect([schema, member, documented]).toEqual([schema, member, [...known]]);
    }
  });

  it('is committed as it is', () => {
    expect(existsSync(OPENAPI_FILE)).toBe(true);
    // When this fails: node dist/apps/api/write-openapi.js
    expect(readFileSync(OPENAPI_FILE, 'utf8')).toBe(`${JSON.stringify(document, null, 2)}\n`);
  });
});
