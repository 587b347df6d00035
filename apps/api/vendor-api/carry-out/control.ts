import type { AskFailure, AskResult, Call } from '#domain';
import type { ExtensionRecord, ExtensionRepository } from '#db';
import type { DriverAnswer } from '#pbx';
import { hangUp } from '../../orders/control-calls.js';
import type { OpenPbx, OpenedPbx } from '../../pbx/open-pbx.js';
import { failed, told, type Asker, type CarryOut } from './asking.js';
import type { CallNames } from './call-names.js';
import { extensionsIn } from './office.js';
import type { OpenCalls } from './open-calls.js';
import { phoneWords } from './phone-words.js';

export interface ControlParts {
  pbxs: Pick<OpenPbx, 'find'>;
  calls: Pick<OpenCalls, 'of'>;
  extensions: Pick<ExtensionRepository, 'all'>;
  names: Pick<CallNames, 'of' | 'vendorCallIdsOf'>;
}

/** The calls that are meant: one by its id, or those of an extension. */
interface Meant {
  pbx: OpenedPbx;
  calls: Call[];
  extension: string | null;
}

const NO_PBX: AskFailure = {
  code: 'unsupported',
  capability: 'control',
  reason: 'The PBX of this connection cannot be commanded: it has no account',
};

/** Ends calls of an extension, or one call. */
export function hangingUp(parts: ControlParts): CarryOut<'hang_up'> {
  return async (ask, asker) => {
    const meant = await meantBy(ask, asker, parts);
    if ('code' in meant) return failed(meant);
    const { pbx, calls, extension } = meant;
    if (ask.callId === undefined && (pbx.driver.hangsUpExtensions || calls.length === 0)) {
      const answer = await hangUp({ vendorCallId: null, extension }, pbx);
      const named = await nameOf(calls, asker, parts);
      // What the PBX says that it ended was there, whether or not anybody had told us.
      const ended = Math.max(1, calls.length);
      return done(answer, () => told({ kind: 'hang_up', calls: ended, ...named }));
    }
    for (const call of calls) {
      const answer = await hangUp(
        { vendorCallId: call.vendorCallId, extension: call.extension ?? extension },
        pbx,
      );
      if (answer.kind !== 'done') return done(answer, () => told({ kind: 'hang_up', calls: 0 }));
    }
    return told({ kind: 'hang_up', calls: calls.length, ...(await nameOf(calls, asker, parts)) });
  };
}

export function recording(parts: ControlParts): CarryOut<'record'> {
  return async (ask, asker) => {
    const meant = await meantBy(ask, asker, parts);
    if ('code' in meant) return failed(meant);
    const { pbx, calls, extension } = meant;
    if (!pbx.driver.record) return failed(unsupported('record'));
    const vendorCallId = calls[0]?.vendorCallId ?? null;
    const answer = await pbx.driver.record(
      { extension: calls[0]?.extension ?? extension, vendorCallId },
      ask.state,
      pbx.account,
      pbx.io,
    );
    return done(answer, () => told({ kind: 'record', actionId: vendorCallId ?? '' }));
  };
}

export function transferring(parts: ControlParts): CarryOut<'transfer'> {
  return async (ask, asker) => {
    const meant = await meantBy({ callId: ask.callId }, asker, parts);
    if ('code' in meant) return failed(meant);
    const { pbx, calls } = meant;
    if (!pbx.driver.transfer) return failed(unsupported('transfer'));
    const [call] = calls;
    if (!call) return failed({ code: 'not_found', reason: 'There is no such call' });
    const { vendorCallId, extension } = call;
    const answer = await pbx.driver.transfer(
      { vendorCallId, extension, to: ask.to.value },
      pbx.account,
      pbx.io,
    );
    return done(answer, () => told({ kind: 'transfer', callId: ask.callId }));
  };
}

async function meantBy(
  { extension, callId }: { extension?: string; callId?: string },
  asker: Asker,
  { pbxs, calls, extensions, names }: ControlParts,
): Promise<Meant | AskFailure> {
  const { tenantId, connectionId } = asker.credential;
  const pbx = await pbxs.find(tenantId, connectionId);
  if (!pbx?.record.enabled) return NO_PBX;
  const open = await calls.of(asker);
  const phones = await extensions.all(tenantId, connectionId);
  const own = ownWords(phones, asker);
  const mine = open.filter((call) => own === null || extensionsIn(call).some((word) => own.has(word)));
  if (callId !== undefined) {
    const ids = await names.vendorCallIdsOf(callId, asker);
    const meant = mine.filter(({ vendorCallId }) => ids.includes(vendorCallId));
    if (meant.length === 0) return { code: 'not_found', reason: 'There is no such call, or it is over' };
    return { pbx, calls: meant, extension: extension ?? meant[0]?.extension ?? null };
  }
  if (extension === undefined) return { code: 'invalid', field: 'extension', reason: 'Phone is missing' };
  const { number, words } = phoneWords(phones, extension);
  if (own?.has(number) === false)
    return { code: 'unauthorised', reason: 'This credential is for one agent alone' };
  const meant = mine.filter((call) => extensionsIn(call).some((word) => words.includes(word)));
  return { pbx, calls: meant, extension: number };
}

/** A credential of one agent ends and records no calls of others: the names of that agent's phones; null for every other. */
function ownWords(phones: readonly ExtensionRecord[], { credential }: Asker): Set<string> | null {
  if (credential.scope !== 'agent') return null;
  const own = phones.filter(({ agentId }) => agentId !== null && agentId === credential.agentId);
  return new Set(own.flatMap(({ number, aliases }) => [number, ...aliases]));
}

async function nameOf(
  calls: readonly Call[],
  asker: Asker,
  { names }: ControlParts,
): Promise<{ callId?: string }> {
  const [call, another] = calls;
  return call && !another ? { callId: await names.of(call, asker) } : {};
}

function done<T>(answer: DriverAnswer<T>, then: () => AskResult): AskResult {
  switch (answer.kind) {
    case 'done':
      return then();
    case 'refused':
      return failed({ code: 'refused', reason: answer.reason });
    case 'unknown':
      return failed({ code: 'unknown', reason: answer.why });
    case 'unsupported':
      return failed(unsupported(answer.capability));
  }
}

export function unsupported(capability: string): AskFailure {
  return { code: 'unsupported', capability, reason: 'The PBX of this connection cannot do this' };
}
