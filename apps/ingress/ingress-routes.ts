import { dialectNamed } from '#dialects';
import type { RawRoutes } from '#platform';
import { verdictOf } from './take-webhook.js';

/** Everything below /in/ is a PBX speaking: its errors are told in its own format, in the dialect that its URL names. */
export const ingressRoutes: RawRoutes = {
  prefix: '/in/',
  renderError: (error, request) => {
    const [, , , name = '', route = ''] = request.url.split('?')[0]?.split('/') ?? [];
    const dialect = dialectNamed(name);
    if (!dialect) return { contentType: 'text/plain; charset=utf-8', body: `${error.message}\n` };
    const headers = request.headers as Record<string, string | undefined>;
    const format = dialect.sniff({ headers, body: request.body });
    return dialect.reply(verdictOf(error), { route, format, settings: {} });
  },
};
