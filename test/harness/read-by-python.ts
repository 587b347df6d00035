import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Where a request has its fields. */
export type FieldsIn = 'json' | 'form' | 'query' | 'xml' | 'xmlrpc';

export interface ReadableRequest {
  how: FieldsIn;
  path: string;
  headers: Record<string, string>;
  body: string;
  /** Of the endpoint. */
  secret: string;
}

export interface PythonRead {
  fields: Record<string, unknown>;
  /** By Python's own reckoning. */
  signed: boolean;
}

/** What programs in Python read in these requests: json, urllib, xml.etree, xmlrpc, hmac. */
export function readByPython(requests: readonly ReadableRequest[]): PythonRead[] {
  const script = fileURLToPath(new URL('./read_requests.py', import.meta.url));
  const input = JSON.stringify(requests);
  const run = spawnSync('python3', [script], { input, maxBuffer: 2 ** 28 });
  if (run.status !== 0) throw new Error(run.stderr.toString());
  return JSON.parse(run.stdout.toString()) as PythonRead[];
}
