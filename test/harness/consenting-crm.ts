import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { readUrl } from '#domain';

const CLIENT = { id: 'switch hook', secret: 's3cret of the app' };

/** What one person agreed to. */
interface Family {
  access: string;
  accessEndsAt: number;
  refresh: string;
  revoked: boolean;
}

interface Code {
  redirectUri: string;
  challenge: string | null;
}

interface Answer {
  status: number;
  body: object;
}

/**
 * A CRM with a page on which people agree, a token endpoint whose refresh tokens are good once, and an address for webhooks that
 * wants an access token. It is strict: a code needs the address and the verifier of its journey, and a refresh token that was
 * used already ends all that its person agreed to.
 */
export class ConsentingCrm {
  /** Requests for webhooks that had a good token, by the event's id. */
  readonly taken: string[] = [];
  /** Access tokens of requests for webhooks that had none of use. */
  readonly refused: string[] = [];
  /** Grant types that the token endpoint was asked for, in order. */
  readonly asked: string[] = [];
  /** Parameters that the page was opened with, in order. */
  readonly opened: URLSearchParams[] = [];
  lifeSeconds: number | null = 3600;
  /** Members of the token endpoint's answers beside those of every one. */
  more: Record<string, unknown> = {};
  /** Status by which the token endpoint answers instead of tokens. */
  tokenStatus: number | null = null;
  /** The next refresh token that it gives is not the one that it takes. */
  misgiven = false;
  private gate: Promise<void> | undefined;
  private openGate: () => void = () => undefined;
  private hookGate: Promise<void> | undefined;
  private openHookGate: () => void = () => undefined;
  private waiting = 0;
  private readonly codes = new Map<string, Code>();
  private readonly families: Family[] = [];

  private constructor(private readonly server: Server) {}

  static async open(): Promise<ConsentingCrm> {
    const server = createServer((request, response) => {
      void crm.answer(request, response);
    });
    const crm = new ConsentingCrm(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return crm;
  }

  url(path: string): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}${path}`;
  }

  /** Credentials for an endpoint, as the API takes them. */
  access(more: object = {}): { auth: Record<string, unknown> } {
    return {
      auth: {
        kind: 'oauth2_code',
        authoriseUrl: this.url('/authorise?tenant=7'),
        tokenUrl: this.url('/token'),
        clientId: CLIENT.id,
        clientSecret: CLIENT.secret,
        scope: 'calls.write offline',
        authoriseParameters: { access_type: 'offline' },
        ...more,
      },
    };
  }

  /** Somebody opens the page and agrees. @returns where they are sent */
  async agree(page: string): Promise<string> {
    const answer = await fetch(page, { redirect: 'manual' });
    const location = answer.headers.get('location');
    if (location === null)
      throw new Error(`The page answered ${String(answer.status)}: ${await answer.text()}`);
    return location;
  }

  /** Somebody agrees without a page. */
  give(): { access: string; refresh: string } {
    const family = { access: '', accessEndsAt: 0, refresh: '', revoked: false };
    this.families.push(family);
    return { ...this.issue(family) };
  }

  /** All access tokens end; the refresh tokens stay. */
  expire(): void {
    for (const family of this.families) family.accessEndsAt = 0;
  }

  /** What the person who agreed as the `at`th agreed to is good no more. */
  revoke(at: number): void {
    const family = this.families[at];
    if (family) family.revoked = true;
  }

  /** Access tokens of persons in the order in which they agreed. */
  get tokens(): string[] {
    return this.families.map(({ access }) => access);
  }

  get refreshes(): number {
    return this.asked.filter((type) => type === 'refresh_token').length;
  }

  /** Webhooks that wait for an answer. */
  get underWay(): number {
    return this.waiting;
  }

  /** The token endpoint takes requests and answers after `releaseTokens`. */
  holdTokens(): void {
    this.gate ??= new Promise((resolve) => (this.openGate = resolve));
  }

  releaseTokens(): void {
    this.openGate();
    this.gate = undefined;
  }

  /** Webhooks wait for `releaseHooks`. */
  holdHooks(): void {
    this.hookGate ??= new Promise((resolve) => (this.openHookGate = resolve));
  }

  releaseHooks(): void {
    this.openHookGate();
    this.hookGate = undefined;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://crm.invalid');
    const body = await text(request);
    if (url.pathname === '/authorise') {
      this.page(url.searchParams, response);
      return;
    }
    const { status, body: json } =
      url.pathname === '/token' ? await this.token(request, response, body) : await this.hook(request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
  }

  private page(asked: URLSearchParams, response: ServerResponse): void {
    this.opened.push(asked);
    const redirectUri = asked.get('redirect_uri') ?? '';
    const challenge = asked.get('code_challenge');
    const isRight =
      asked.get('response_type') === 'code' &&
      asked.get('client_id') === CLIENT.id &&
      readUrl(redirectUri) !== null &&
      (challenge === null || asked.get('code_challenge_method') === 'S256');
    if (!isRight) {
      response.writeHead(400).end('The page cannot read that.');
      return;
    }
    const code = randomUUID();
    this.codes.set(code, { redirectUri, challenge });
    const back = new URL(redirectUri);
    back.searchParams.set('code', code);
    back.searchParams.set('state', asked.get('state') ?? '');
    response.writeHead(302, { location: back.href }).end();
  }

  private async token({ headers }: IncomingMessage, response: ServerResponse, body: string): Promise<Answer> {
    const form = new URLSearchParams(body);
    const type = form.get('grant_type') ?? '';
    this.asked.push(type);
    await this.gate;
    // Whoever asked is gone, and nothing was done for them.
    if (response.destroyed) return { status: 500, body: {} };
    if (this.tokenStatus !== null) return { status: this.tokenStatus, body: { error: 'server_error' } };
    if (!isClient(headers.authorization)) return { status: 401, body: { error: 'invalid_client' } };
    const family = type === 'refresh_token' ? this.renewed(form) : this.agreed(form);
    if (family === undefined) return { status: 400, body: { error: 'invalid_grant', was: body } };
    const lives = this.lifeSeconds === null ? {} : { expires_in: this.lifeSeconds };
    const { access: access_token } = family;
    const refresh_token = this.misgiven ? 'never-good' : family.refresh;
    if (this.misgiven) family.refresh = form.get('refresh_token') ?? '';
    this.misgiven = false;
    return {
      status: 200,
      body: { access_token, refresh_token, token_type: 'bearer', ...lives, ...this.more },
    };
  }

  private agreed(form: URLSearchParams): Family | undefined {
    const code = form.get('code') ?? '';
    const journey = this.codes.get(code);
    this.codes.delete(code);
    if (journey === undefined || journey.redirectUri !== form.get('redirect_uri')) return undefined;
    const verifier = form.get('code_verifier');
    const challenge = verifier && createHash('sha256').update(verifier).digest('base64url');
    if (challenge !== journey.challenge) return undefined;
    const family = { access: '', accessEndsAt: 0, refresh: '', revoked: false };
    this.families.push(family);
    return this.issue(family);
  }

  private renewed(form: URLSearchParams): Family | undefined {
    const given = form.get('refresh_token') ?? '';
    const family = this.families.find(({ refresh }) => refresh.split(' ')[0] === given.split(' ')[0]);
    if (family === undefined || family.revoked) return undefined;
    if (family.refresh === given) return this.issue(family);
    // Used before: somebody else may have it.
    family.revoked = true;
    return undefined;
  }

  private issue(family: Family): Family {
    const person = this.families.indexOf(family);
    const life = this.lifeSeconds ?? 3600;
    family.access = `access-of-${String(person)}-${randomUUID()}`;
    family.accessEndsAt = Date.now() + life * 1000;
    family.refresh = `refresh-of-${String(person)} ${randomUUID()}`;
    return family;
  }

  private async hook({ headers }: IncomingMessage): Promise<Answer> {
    this.waiting += 1;
    await this.hookGate;
    this.waiting -= 1;
    const token = headers.authorization?.replace('Bearer ', '') ?? '';
    const family = this.families.find(({ access }) => access === token);
    if (family === undefined || family.revoked || family.accessEndsAt <= Date.now()) {
      this.refused.push(token);
      return { status: 401, body: { message: `${token} is over` } };
    }
    this.taken.push(String(headers['webhook-id']));
    return { status: 200, body: {} };
  }
}

function isClient(header: string | undefined): boolean {
  const pair = Buffer.from(header?.replace('Basic ', '') ?? '', 'base64').toString();
  const [id = '', secret = ''] = pair
    .split(':')
    .map((part) => new URLSearchParams(`_=${part}`).get('_') ?? '');
  return id === CLIENT.id && secret === CLIENT.secret;
}
