import { isDeepStrictEqual } from 'node:util';
import {
  callView,
  foldCall,
  id,
  instant,
  normaliseLeg,
  type CallId,
  type CallLeg,
  type ConnectionId,
  type LegContext,
  type TenantId,
} from '#domain';
import {
  mappingProblems,
  readMapping,
  tryMapping,
  type MappingTrial,
  type Secrets,
  type SignedRequest,
} from '#dialects';
import { newId, type Clock } from '#platform';
import { readTime } from '../http/time-text.js';
import { asked, type MappingDesk, type OpenedMapping } from './mapping-desk.js';
import { readSample } from './read-sample.js';
import { readSecrets } from './read-secrets.js';
import { sayLeg } from './say-leg.js';
import type { TriedMappingDto, TriedSignatureDto, TryMappingDto } from './try.dto.js';

export interface TrySampleParts {
  desk: Pick<MappingDesk, 'open'>;
  clock: Pick<Clock, 'now'>;
}

const ANYWHERE: LegContext = { timeZone: 'UTC', country: 'IL', epochs: 'utc' };
const NOTHING: TriedMappingDto = {
  problems: [],
  shapes: [],
  reason: null,
  unreadable: [],
  handshake: false,
  signature: { verdict: 'none', reason: null },
  legs: [],
  calls: [],
  reply: null,
};

/** What a mapping would make of a message. Nothing is kept. */
export class TrySample {
  constructor(private readonly parts: TrySampleParts) {}

  /** @throws AppError `request.invalid`, `resource.not_found`, `mapping.other_dialect` */
  async try(tenant: TenantId, wish: TryMappingDto): Promise<TriedMappingDto> {
    const { connectionId, receivedAt } = wish;
    const known =
      connectionId === undefined ? null : await this.parts.desk.open(tenant, id<ConnectionId>(connectionId));
    const document = documentOf(wish, known);
    const secrets = readSecrets(wish.secrets ?? {}, keptFor(document, known));
    const reading = readMapping(document);
    if (!reading.ok) return { ...NOTHING, problems: reading.problems };
    if (document !== known?.document) {
      const problems = [...mappingProblems(document)];
      if (problems.length > 0) return { ...NOTHING, problems };
    }
    const { mapping } = reading;
    const at = (receivedAt === undefined ? undefined : readTime(receivedAt)) ?? this.parts.clock.now();
    const { timeZone, country, epochs } = mapping.defaults;
    const context: LegContext = known?.record ?? {
      timeZone: timeZone ?? ANYWHERE.timeZone,
      country: country ?? ANYWHERE.country,
      epochs: epochs ?? ANYWHERE.epochs,
    };
    const request = readSample(wish.request, {
      route: mapping.routes[0]?.route ?? '',
      country: context.country,
      receivedAt: at,
    });
    return view(tryMapping(mapping, request, secrets), {
      context,
      request,
      hasRule: mapping.signature !== null,
      secrets,
    });
  }
}

/** What is given, else the connection's. */
function documentOf(wish: TryMappingDto, known: OpenedMapping | null): Record<string, unknown> {
  const isGiven = wish.shipped !== undefined || wish.mapping !== undefined;
  return !isGiven && known?.document ? known.document : asked(wish).document;
}

/**
 * Secrets that are kept are used as the mapping of the connection uses them, and in no other way: a mapping of the caller's own could have
 * anything signed by them.
 */
function keptFor(document: Record<string, unknown>, known: OpenedMapping | null): Secrets {
  if (known?.document == null) return {};
  return isDeepStrictEqual(usesOf(document), usesOf(known.document)) ? known.secrets : {};
}

function usesOf({ signature = null, handshakes = null }: Record<string, unknown>): unknown[] {
  return [signature, handshakes];
}

interface Trying {
  context: LegContext;
  request: SignedRequest;
  hasRule: boolean;
  secrets: Secrets;
}

function view(trial: MappingTrial, trying: Trying): TriedMappingDto {
  const { shapes, reason, problems, handshake, legs, reply, signature } = trial;
  return {
    problems: [],
    shapes: [...shapes],
    reason,
    unreadable: [...problems],
    handshake: handshake !== null,
    signature: signatureView(signature, trying.hasRule),
    legs: legs.map(({ report, found }) => {
      const { raw, ...told } = report;
      return {
        words: sayLeg(report),
        report: told,
        found: [...found],
        leftOver: raw,
      };
    }),
    calls: callsOf(trial, trying),
    reply: {
      status: reply.status ?? (signature.ok ? 200 : signature.status),
      contentType: reply.contentType,
      headers: { ...reply.headers },
      body: reply.body,
    },
  };
}

function signatureView(signature: MappingTrial['signature'], hasRule: boolean): TriedSignatureDto {
  if (!signature.ok) return { verdict: 'wrong', reason: signature.reason };
  if (signature.checked) return { verdict: 'right', reason: null };
  return { verdict: hasRule ? 'not_judged' : 'none', reason: signature.why };
}

function callsOf({ legs }: MappingTrial, { context, request }: Trying): Record<string, unknown>[] {
  const receivedAt = instant(request.receivedAt);
  const byCall = new Map<string, CallLeg[]>();
  for (const { report } of legs) {
    const known = byCall.get(report.vendorCallId) ?? [];
    byCall.set(report.vendorCallId, [...known, normaliseLeg(report, context, receivedAt)]);
  }
  return [...byCall].map(([vendorCallId, own]) => {
    const ids = { id: newId<CallId>(), connectionId: newId<ConnectionId>(), vendorCallId };
    const { id: _, connectionId: __, ...shown } = callView(foldCall(null, own, ids).call);
    return shown;
  });
}
