/** A dialect that needs no code: what its messages mean is data of the connection (docs/adr/0044). */
import { emptyReply } from '../content/empty-reply.js';
import { sniffPlainFormat } from '../content/sniff-plain-format.js';
import type { Dialect } from '../dialect.js';
import { answerByMapping } from './answer-by-mapping.js';
import { mappingProblems } from './mapping-problems.js';
import { mappingOf } from './mapping-of.js';
import type { ReadyMapping } from './ready-mapping.js';
import { readByMapping } from './read-by-mapping.js';
import { shakeHands } from './shake-hands.js';
import { checkSignature } from './signature/check-signature.js';
import { hideToldSecret } from './signature/hide-told-secret.js';
import { proofCovers } from './signature/proof-covers.js';

const WITHOUT_MAPPING =
  'The mapping of this connection is none of this version, so nothing says what its messages mean.';

const PLAIN = plainMapping();

export const generic: Dialect = {
  name: 'generic',
  routes: PLAIN.routes.map(({ route }) => route),
  defaultEpochs: 'utc',
  defaultTimeZone: 'Asia/Jerusalem',
  defaultCountry: 'IL',
  guide: PLAIN.guide,
  forSettings: (settings) => {
    const reading = mappingOf(settings);
    if (!reading.ok) return { outOfOrder: WITHOUT_MAPPING };
    const { guide, routes, accounts, everyLeg, defaults } = reading.mapping;
    const { timeZone, country, epochs } = defaults;
    return {
      guide,
      routes: routes.map(({ route }) => route),
      ...(!accounts && { sendsNoCdr: true }),
      ...(timeZone !== null && { defaultTimeZone: timeZone }),
      ...(country !== null && { defaultCountry: country }),
      ...(epochs !== null && { defaultEpochs: epochs }),
      ...(everyLeg && { tellsEveryLeg: true }),
    };
  },
  settingProblems: ({ mapping }) =>
    mappingProblems(mapping).map(({ path, message }) => ({ path: inMapping(path), message })),
  read: (request, settings) => {
    const reading = mappingOf(settings);
    if (reading.ok) return readByMapping(request, reading.mapping);
    return { ok: false, format: sniffPlainFormat(request), reason: WITHOUT_MAPPING };
  },
  sniff: sniffPlainFormat,
  reply: (verdict, to) => {
    const reading = mappingOf(to.settings);
    return reading.ok ? answerByMapping(verdict, to, reading.mapping) : emptyReply();
  },
  verify: (request, settings, secrets) => {
    const reading = mappingOf(settings);
    if (!reading.ok) return { ok: false, status: 403, reason: WITHOUT_MAPPING };
    const rule = reading.mapping.signature;
    if (rule !== null) return checkSignature(rule, request, secrets);
    return { ok: true, checked: false, why: 'The mapping asks for no signature.' };
  },
  proofCovers: (settings) => {
    const reading = mappingOf(settings);
    return proofCovers(reading.ok ? reading.mapping.signature : null);
  },
  hideToldSecret: (kept, settings, secrets) => {
    const reading = mappingOf(settings);
    return reading.ok ? hideToldSecret(reading.mapping.signature, kept, secrets) : kept;
  },
  handshake: (request, settings, secrets) => {
    const reading = mappingOf(settings);
    return reading.ok ? shakeHands(reading.mapping, request, secrets) : undefined;
  },
};

/** What a connection without a mapping of its own speaks. */
function plainMapping(): ReadyMapping {
  const reading = mappingOf({});
  if (reading.ok) return reading.mapping;
  throw new Error(
    `The plain mapping: ${reading.problems.map(({ path, message }) => `${path} ${message}`).join(' ')}`,
  );
}

function inMapping(path: string): string {
  return path === '' ? 'mapping' : `mapping.${path}`;
}
