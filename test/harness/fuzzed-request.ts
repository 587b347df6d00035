import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#platform';
import { pick, wholeBetween, type Random } from '../../apps/simulator/pbx/random.js';

/**
 * `sound`: any server reads it, and others may follow it on its connection. `odd`: it is whole, and its connection ends with it.
 * `cut`: it never arrives whole.
 */
export type FuzzKind = 'sound' | 'odd' | 'cut';

export interface FuzzedRequest {
  id: number;
  kind: FuzzKind;
  bytes: Buffer;
}

const TYPES = [
  '', 'json', 'application/json', 'application/json charset=utf-8', 'application/json, text/plain', 'text/xml',
  'application/x-www-form-urlencoded', 'multipart/form-data', 'multipart/form-data; boundary=x', ';', 'text/plain; charset=klingon',
]; // prettier-ignore
const ENCODINGS = ['gzip', 'deflate', 'br', 'identity', 'x', ''];
const NAMES = [
  'x-a',
  'Accept',
  'authorization',
  'Cookie',
  'x-api-key',
  'Referer',
  'Origin',
  'TE',
  'Upgrade',
  'x-forwarded-for',
  'Via',
];
const METHODS = ['GET', 'POST', 'POST', 'POST', 'PUT'];

/** Every fixture of a dialect. */
function bodiesOf(dialect: string): Buffer[] {
  const root = join(projectRoot(), 'libs/dialects/src', dialect, 'fixtures');
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
}

/** Requests to one connection, the same ones for the same seed. */
export class Fuzzer {
  private readonly bodies: Buffer[];
  private next = 0;

  constructor(
    private readonly random: Random,
    private readonly basePath: string,
    private readonly routes: readonly string[],
    dialect: string,
  ) {
    this.bodies = bodiesOf(dialect);
  }

  make(): FuzzedRequest {
    const id = (this.next += 1);
    const kind: FuzzKind = this.chance(0.86) ? 'sound' : this.chance(0.7) ? 'odd' : 'cut';
    const bytes = kind === 'odd' ? this.odd(id) : this.sound(id);
    return { id, kind, bytes: kind === 'cut' ? bytes.subarray(0, this.within(bytes.length - 1)) : bytes };
  }

  /** Cut into pieces as a network would. */
  split(bytes: Buffer): Buffer[] {
    const cuts = Array.from({ length: this.within(4) }, () => this.within(bytes.length)).sort(
      (a, b) => a - b,
    );
    return [0, ...cuts].map((from, at) => bytes.subarray(from, cuts[at] ?? bytes.length));
  }

  chance(share: number): boolean {
    return this.random() < share;
  }

  private sound(id: number): Buffer {
    const method = pick(this.random, METHODS);
    const body = method === 'GET' && this.chance(0.8) ? Buffer.alloc(0) : this.body();
    const head = [`${method} ${this.target(id)} HTTP/1.1`, ...this.headers()];
    if (this.chance(0.2)) {
      const chunks = [body.subarray(0, body.length / 2), body.subarray(body.length / 2)].filter(
        ({ length }) => length > 0,
      );
      const framed = chunks.flatMap((chunk) => [
        Buffer.from(`${chunk.length.toString(16)}\r\n`),
        chunk,
        Buffer.from('\r\n'),
      ]);
      return this.joined(
        [...head, 'Transfer-Encoding: chunked'],
        Buffer.concat([...framed, Buffer.from('0\r\n\r\n')]),
      );
    }
    return this.joined([...head, `Content-Length: ${body.length}`], body);
  }

  private odd(id: number): Buffer {
    const body = this.body();
    const length = `Content-Length: ${body.length}`;
    const target = this.target(id);
    const line = (url: string) => `POST ${url} HTTP/1.1`;
    return pick(this.random, [
      () => this.joined([line(`${target}&n=שלום`), length, ...this.headers()], body),
      () => this.joined([line(`${target}&n=John Smith`), ...this.headers(), length], body),
      () => this.joined([line(`${target}&n=\xff\x01`), length], body, 'latin1'),
      () => this.joined([line(target), 'no header', length], body),
      () => this.joined([line(target), 'a b: c', length], body),
      () => this.joined([line(target), length, length.replace('h', 'H')], body),
      () => this.joined([line(target), length, 'Transfer-Encoding: chunked'], body),
      () => this.joined([line(target), 'Transfer-Encoding: chunked'], Buffer.from('zz\r\n')),
      () =>
        this.joined(
          [line(target), `Content-Length: ${Math.max(0, body.length - 3)}`],
          Buffer.concat([body, Buffer.from('}}}')]),
        ),
      () => this.joined([line(`${target}&x=${'a'.repeat(140_000)}`), length], body),
      () => this.joined([line(`${target}&x=${'a'.repeat(70_000)}`), length], body),
      () => this.joined([line(target), 'Expect: wonders', length], body),
      () =>
        Buffer.from(
          this.joined([line(target), length], body)
            .toString('latin1')
            .replaceAll('\r\n', '\n'),
          'latin1',
        ),
    ])();
  }

  private joined(head: string[], body: Buffer, encoding: BufferEncoding = 'utf8'): Buffer {
    return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, encoding), body]);
  }

  private target(id: number): string {
    const route = this.chance(0.03) ? 'nowhere' : pick(this.random, this.routes);
    const more = Array.from({ length: this.within(4) }, () => {
      const value = Array.from({ length: this.within(8) }, () =>
        encodeURIComponent(String.fromCharCode(this.within(0x700))),
      ).join('');
      return `&${pick(this.random, ['CallID', 'a', 'caller', 'token', '%', '', 'x[]', 'kind'])}=${value}`;
    });
    return `${this.basePath}/${route}?fz=${id}${more.join('')}`;
  }

  private headers(): string[] {
    const own = Array.from({ length: this.within(5) }, () => `${pick(this.random, NAMES)}: ${this.word()}`);
    if (this.chance(0.8)) own.push(`Content-Type: ${pick(this.random, TYPES)}`);
    if (this.chance(0.1)) own.push(`Content-Encoding: ${pick(this.random, ENCODINGS)}`);
    if (this.chance(0.9)) own.push('Host: pbx.example');
    return own;
  }

  private word(): string {
    return Array.from({ length: this.within(12) }, () => String.fromCharCode(0x21 + this.within(0x5d))).join(
      '',
    );
  }

  private body(): Buffer {
    const body = Buffer.from(pick(this.random, this.bodies));
    if (this.chance(0.1))
      return Buffer.from(Array.from({ length: this.within(400) }, () => this.within(255)));
    for (let count = this.within(3); count > 0 && body.length > 0; count -= 1) {
      body[this.within(body.length - 1)] = this.within(255);
    }
    return this.chance(0.2) ? body.subarray(0, this.within(body.length)) : body;
  }

  private within(most: number): number {
    return wholeBetween(this.random, 0, most);
  }
}
