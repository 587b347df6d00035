import { AppError } from '#domain';

/** The demo uses the product as anybody would: over its REST API. */
export class DemoClient {
  /** @param url  of the product, without a slash at the end */
  constructor(
    private readonly url: string,
    private readonly key: string,
    private readonly tenantId?: string,
  ) {}

  /** The same key, acting for a tenant. */
  actingFor(tenantId: string): DemoClient {
    return new DemoClient(this.url, this.key, tenantId);
  }

  post<T>(path: string, body: unknown): Promise<T> {
    return this.ask<T>(path, { method: 'POST', body: JSON.stringify(body) });
  }

  put<T>(path: string, body: unknown): Promise<T> {
    return this.ask<T>(path, { method: 'PUT', body: JSON.stringify(body) });
  }

  get<T>(path: string): Promise<T> {
    return this.ask<T>(path, { method: 'GET' });
  }

  private async ask<T>(path: string, init: { method: string; body?: string }): Promise<T> {
    const response = await fetch(`${this.url}${path}`, {
      ...init,
      headers: {
        authorization: `Bearer ${this.key}`,
        'content-type': 'application/json',
        ...(this.tenantId === undefined ? {} : { 'switchhook-tenant': this.tenantId }),
      },
    });
    if (!response.ok) {
      throw new AppError(
        'misconfigured',
        'demo.api',
        `${init.method} ${path} was answered ${await response.text()}`,
      );
    }
    return (await response.json()) as T;
  }
}
