import { lookupNumber, type ContactSourceId, type TenantId } from '#domain';
import { openSource, type ContactSourceRepository } from '#db';
import {
  REDACTED,
  hideSecrets,
  newId,
  redactUrl,
  type Clock,
  type HttpSender,
  type SecretBox,
  type TokenSources,
} from '#platform';
import { sourceKindNamed, type SourceExchange } from '#sources';
import { found } from '../http/found.js';
import { invalidRequest } from '../http/validation.pipe.js';
import type { SourceTestDto } from './contact-source.dto.js';
import type { SourceTestedDto } from './source-protocol.dto.js';

export interface TestSourceParts extends TokenSources {
  sources: Pick<ContactSourceRepository, 'get'>;
  box: Pick<SecretBox, 'open'>;
  sender: Pick<HttpSender, 'send'>;
  clock: Pick<Clock, 'now'>;
  /** Aborted when we stop. */
  signal: AbortSignal;
}

/** No country: numbers without a country code are nobody's then. */
const NO_COUNTRY = '';

/** Asks a source now, and shows what was sent and what came back. Nothing is remembered of it. */
export class TestSource {
  constructor(private readonly parts: TestSourceParts) {}

  /** @throws AppError `resource.not_found`, `request.invalid` for what is no number */
  async test(
    tenant: TenantId,
    sourceId: ContactSourceId,
    { number, country = NO_COUNTRY }: SourceTestDto,
  ): Promise<SourceTestedDto> {
    const source = found(await this.parts.sources.get(tenant, sourceId), 'contact source');
    const kind = found(sourceKindNamed(source.kind), 'kind of source');
    const e164 = lookupNumber(number, country);
    if (e164 === null) {
      const message = 'number must be a phone number with its country code, or with a country beside it';
      throw invalidRequest([{ field: 'number', message }]);
    }
    const { sender, box, clock, tokens, grants, signal } = this.parts;
    const setup = openSource(source, box);
    const begun = clock.now();
    const question = { e164, country, callId: null, did: null, extension: null };
    const exchange = await kind.findContacts(question, setup, {
      send: (request) => sender.send(request),
      now: () => clock.now(),
      newMessageId: () => newId(),
      tokens,
      grants,
      signal,
    });
    return shown(exchange, clock.now() - begun);
  }
}

function shown({ finding, request, reply, hides }: SourceExchange, durationMs: number): SourceTestedDto {
  const counted = finding.ok ? finding.contacts : [];
  return {
    ok: finding.ok,
    problem: finding.ok ? null : finding.reason,
    contacts: counted.map(({ id, name, company, url }) => ({ id, name, company, url })),
    ignored: finding.ok ? finding.ignored : 0,
    durationMs,
    request: request && {
      ...request,
      url: redactUrl(request.url),
      headers: withoutSecrets(request.headers, hides.headers),
    },
    response: reply && { status: reply.status, body: hideSecrets(reply.body, hides.texts) },
  };
}

function withoutSecrets(headers: Record<string, string>, secret: readonly string[]): Record<string, string> {
  const entries = Object.entries(headers);
  return Object.fromEntries(entries.map(([name, value]) => [name, secret.includes(name) ? REDACTED : value]));
}
