import { partyFromText, type AskFailure, type Order, type OrderParty } from '#domain';
import type { ExtensionRecord, ExtensionRepository } from '#db';
import type { Ordered, PlaceOrder } from '../../orders/place-order.js';
import { actorOf, failed, told, type AskOf, type Asker, type CarryOut } from './asking.js';
import type { CallNames } from './call-names.js';

export interface PlaceParts {
  placeOrder: Pick<PlaceOrder, 'place'>;
  extensions: Pick<ExtensionRepository, 'all'>;
  names: Pick<CallNames, 'ofOrder'>;
}

/** Click-to-call and what else dials. */
export function placing({ placeOrder, extensions, names }: PlaceParts): CarryOut<'place'> {
  return async (ask, asker) => {
    const { credential, connection } = asker;
    const wrong = mayNot(ask, asker);
    if (wrong) return failed(wrong);
    const phones = await extensions.all(credential.tenantId, connection.id);
    const order = resolved(ask.order, phones, connection.country);
    if (!isOwnOrder(order, phones, asker)) return failed(NOT_THEIRS);
    const ordered = await placeOrder.place({
      tenant: credential.tenantId,
      connectionId: connection.id,
      source: credential.facade as 'voicenter' | 'globalex' | 'voipnow',
      actor: actorOf(asker),
      agentId: credential.agentId,
      order,
      askedAt: asker.askedAt,
      despiteDoNotCall: despiteOf(ask, order),
    });
    if (ordered.kind !== 'placed') return failed(failureOf(ordered));
    const { order: record } = ordered;
    return told({ kind: 'place', callId: names.ofOrder(record, asker), order, at: record.sentAt });
  };
}

const NOT_THEIRS: AskFailure = {
  code: 'blocked',
  reason: 'This credential is for one agent alone: one of the two must be a phone of theirs.',
};

/** A credential of one agent has that agent's phones call, and no other. */
function isOwnOrder(
  { first, second }: Order,
  phones: readonly Pick<ExtensionRecord, 'number' | 'agentId'>[],
  { credential: { scope, agentId } }: Asker,
): boolean {
  if (scope !== 'agent') return true;
  const own = phones.filter((phone) => phone.agentId !== null && phone.agentId === agentId);
  return [first, second].some(
    (party) => party?.kind === 'extension' && own.some(({ number }) => number === party.value),
  );
}

function mayNot({ despiteDoNotCall }: AskOf<'place'>, { credential }: Asker): AskFailure | null {
  const wants = despiteDoNotCall?.first === true || despiteDoNotCall?.second === true;
  if (!wants || credential.rights.includes('despite_do_not_call')) return null;
  return {
    code: 'blocked',
    reason: 'This credential may not have numbers called that are on the list of numbers not to call.',
  };
}

function despiteOf({ despiteDoNotCall }: AskOf<'place'>, { first, second }: Order): string[] {
  const numberOf = (party: OrderParty | null) => (party?.kind === 'number' ? [party.value] : []);
  return [
    ...(despiteDoNotCall?.first ? numberOf(first) : []),
    ...(despiteDoNotCall?.second ? numberOf(second) : []),
  ];
}

/** Parties as the directory knows them: by spelling alone `101` may be an extension and `0501234567` a SIP user. */
export function resolved(
  order: Order,
  extensions: readonly Pick<ExtensionRecord, 'number' | 'aliases'>[],
  country: string,
): Order {
  const inside = new Map<string, string>();
  for (const { number, aliases } of extensions) {
    for (const word of [...aliases, number]) inside.set(word.toLowerCase(), number);
  }
  const resolve = (party: OrderParty): OrderParty => {
    if (party.kind !== 'number' && party.kind !== 'extension') return party;
    const number = inside.get(party.value.toLowerCase());
    if (number !== undefined) return { kind: 'extension', value: number };
    return party.kind === 'number' && !party.value.startsWith('+')
      ? partyFromText(party.value, country)
      : party;
  };
  return { ...order, first: resolve(order.first), second: order.second && resolve(order.second) };
}

export function failureOf(ordered: Exclude<Ordered, { kind: 'placed' }>): AskFailure {
  switch (ordered.kind) {
    case 'refused': {
      const reason = ordered.order.reason ?? 'The PBX refused the call';
      return ordered.isOffline ? { code: 'offline', reason } : { code: 'refused', reason };
    }
    case 'unknown':
      return { code: 'unknown', reason: ordered.order.reason ?? 'The PBX did not answer clearly' };
    case 'blocked':
      return ordered.gate === 'account_disabled'
        ? { code: 'unsupported', capability: 'place_call', reason: ordered.reason }
        : { code: 'blocked', reason: ordered.reason };
    case 'wait':
      return { code: 'rate', retryAfterSeconds: Math.ceil(ordered.retryAfterMs / 1_000) };
    case 'unsupported': {
      const { capability } = ordered;
      return { code: 'unsupported', capability, reason: 'The PBX cannot do this' };
    }
    case 'no_account': {
      const reason = 'The PBX of this connection cannot be commanded: it has no account';
      return { code: 'unsupported', capability: 'place_call', reason };
    }
  }
}
