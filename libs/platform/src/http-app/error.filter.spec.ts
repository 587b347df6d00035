import { AppError } from '#domain';
import type { ArgumentsHost } from '@nestjs/common';
import type { Log } from '../log/log.js';
import { ErrorFilter } from './error.filter.js';

/** What is logged when a request to this path, which this route took, fails. */
function logged(url: string, route: string): string {
  const lines: unknown[] = [];
  const write = (...line: unknown[]) => void lines.push(line);
  const reply = { header: () => reply, status: () => reply, type: () => reply, send: () => reply };
  const http = { getRequest: () => ({ url, routeOptions: { url: route } }), getResponse: () => reply };
  const host = { switchToHttp: () => http } as unknown as ArgumentsHost;
  const filter = new ErrorFilter({ warn: write, error: write } as unknown as Log);
  filter.catch(new AppError('misconfigured', 'x.y', 'Broken.'), host);
  return JSON.stringify(lines);
}

describe('ErrorFilter', () => {
  it('logs the path of a request that failed, without its query', () => {
    expect(logged('/v1/calls/c-1?number=0501234567', '/v1/calls/:id')).toContain('"/v1/calls/c-1"');
    expect(logged('/v1/calls/c-1?number=0501234567', '/v1/calls/:id')).not.toContain('0501234567');
  });

  it('logs only the pattern where the path itself is a secret', () => {
    const line = logged('/recordings/k1.secret.mac', '/recordings/:token');
    expect([line.includes('/recordings/:token'), line.includes('secret')]).toEqual([true, false]);
  });
});
