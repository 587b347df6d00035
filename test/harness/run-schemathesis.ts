import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What it judges each answer by. Whether a request was right is the DTOs' to say, which know more than a schema can. */
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'unsupported_method',
];

/** Enough to try each operation in each way that the document names, and bounded to a few minutes. One worker: with two it trips over Python's own parser. */
const BOUNDS = [
  '--phases',
  'examples,coverage,fuzzing',
  '--max-examples',
  '3',
  '--workers',
  '1',
  '--request-timeout',
  '10',
];

export interface Judgement {
  code: number | null;
  /** What it says, with how to repeat what failed. */
  output: string;
}

/**
 * Drives every operation of an OpenAPI document with requests that Schemathesis makes of it, right ones and wrong ones, and
 * judges the answers by the document.
 *
 * @param headers  of each request
 */
export async function runSchemathesis(document: string, headers: Record<string, string>): Promise<Judgement> {
  const folder = mkdtempSync(join(tmpdir(), 'switchhook-schemathesis-'));
  const sent = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const options = [
    '--checks',
    CHECKS.join(),
    ...BOUNDS,
    '--generation-deterministic',
    '--no-shrink',
    '--no-color',
  ];
  const child = spawn('schemathesis', ['run', document, ...sent, ...options], { cwd: folder });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  rmSync(folder, { recursive: true, force: true });
  return { code, output };
}
