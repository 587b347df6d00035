import { ApiClient, type Answer } from './api.js';

/** Keeps cookies, and says of each request what a browser says of one that a page of ours makes. */
export class TestBrowser {
  readonly cookies = new Map<string, string>();

  constructor(
    private readonly url: string,
    private readonly headers: Record<string, string> = {},
  ) {}

  /** The same cookies with further headers. */
  with(headers: Record<string, string>): TestBrowser {
    const other = new TestBrowser(this.url, { ...this.headers, ...headers });
    for (const [name, value] of this.cookies) other.cookies.set(name, value);
    return other;
  }

  get(path: string): Promise<Answer> {
    return this.ask('GET', path);
  }

  post(path: string, body?: unknown): Promise<Answer> {
    return this.ask('POST', path, body);
  }

  put(path: string, body?: unknown): Promise<Answer> {
    return this.ask('PUT', path, body);
  }

  patch(path: string, body?: unknown): Promise<Answer> {
    return this.ask('PATCH', path, body);
  }

  delete(path: string): Promise<Answer> {
    return this.ask('DELETE', path);
  }

  async ask(method: string, path: string, body?: unknown): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const sent = {
      'sec-fetch-site': 'same-origin',
      'x-switchhook': '1',
      ...(cookie === '' ? {} : { cookie }),
      ...this.headers,
    };
    const answer = await new ApiClient(this.url, '', sent).ask(method, path, body);
    for (const line of answer.headers.getSetCookie()) this.take(line);
    return answer;
  }

  private take(line: string): void {
    const [pair = '', ...traits] = line.split('; ');
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    if (traits.includes('Max-Age=0')) this.cookies.delete(name);
    else this.cookies.set(name, pair.slice(at + 1));
  }
}
