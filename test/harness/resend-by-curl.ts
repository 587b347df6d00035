import { spawn } from 'node:child_process';
import type { SeenRequest } from './crm.js';

/** What curl and the connection write themselves. */
const NOT_RESENT = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive']);

/** Makes a request that was seen once more, with curl, at another server. @returns the answer's status */
export async function resendByCurl(
  { method, path, headers, body }: Pick<SeenRequest, 'method' | 'path' | 'headers' | 'body'>,
  origin: string,
): Promise<number> {
  const own = Object.entries(headers).filter(([name]) => !NOT_RESENT.has(name));
  const args = [
    ...['--silent', '--show-error', '--globoff', '--path-as-is', '--noproxy', '*', '--max-time', '10'],
    ...['--output', '/dev/null', '--write-out', '%{http_code}', '--request', method],
    // Without these curl would ask for leave first, and say what it accepts and is.
    ...['Expect:', 'Accept:', 'User-Agent:'].flatMap((header) => ['--header', header]),
    ...own.flatMap(([name, value]) => ['--header', `${name}: ${value}`]),
    ...(body === '' ? [] : ['--data-binary', '@-']),
    origin + path,
  ];
  const child = spawn('curl', args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let [said, complaints] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  child.stdin.end(body);
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`curl ended with ${String(code)}: ${complaints}`);
  return Number(said);
}
