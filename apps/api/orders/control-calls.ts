import { AppError, lookupNumber, type Call, type CallId, type ConnectionId, type TenantId } from '#domain';
import type { CallRepository } from '#db';
import type { DriverAnswer, PbxLiveCall } from '#pbx';
import { found } from '../http/found.js';
import type { OpenPbx, OpenedPbx } from '../pbx/open-pbx.js';
import { unsupported } from './order-desk.js';

/** A call at its PBX, as far as it takes to do something with it. */
export interface CallAtPbx {
  vendorCallId: string | null;
  extension: string | null;
}

export interface ControlCallsParts {
  calls: Pick<CallRepository, 'get'>;
  pbxs: Pick<OpenPbx, 'open'>;
}

/** What is done with calls that go on. Nothing is repeated: an unclear answer is told as one. */
export class ControlCalls {
  constructor(private readonly parts: ControlCallsParts) {}

  /** @throws AppError `resource.not_found`, 409 `call.over` `call.shares_extension`, 422 `pbx.refused`, 501, 502 `pbx.unclear` */
  async hangUp(tenant: TenantId, callId: CallId): Promise<void> {
    const { call, pbx } = await this.open(tenant, callId);
    done(await hangUp(call, pbx));
  }

  async transfer(
    tenant: TenantId,
    callId: CallId,
    to: { kind: 'extension' | 'number' | 'queue'; value: string },
  ): Promise<void> {
    const { call, pbx } = await this.open(tenant, callId);
    const { driver, account, io } = pbx;
    if (!driver.transfer) throw unsupported('transfer');
    const target = to.kind === 'number' ? (lookupNumber(to.value, account.country) ?? to.value) : to.value;
    const { vendorCallId, extension } = call;
    done(await driver.transfer({ vendorCallId, extension, to: target }, account, io));
  }

  async record(tenant: TenantId, callId: CallId, state: 'on' | 'off' | 'mute' | 'unmute'): Promise<void> {
    const { call, pbx } = await this.open(tenant, callId);
    if (!pbx.driver.record) throw unsupported('record');
    done(await pbx.driver.record(call, state, pbx.account, pbx.io));
  }

  /** What the PBX itself says. @param extension  where it does not list all at once */
  async atPbx(
    tenant: TenantId,
    connectionId: ConnectionId,
    extension: string | null,
  ): Promise<PbxLiveCall[]> {
    const { driver, account, io } = await this.parts.pbxs.open(tenant, connectionId);
    if (!driver.listCalls) throw unsupported('list_calls');
    return done(await driver.listCalls(extension, account, io)).calls;
  }

  private async open(tenant: TenantId, callId: CallId): Promise<{ call: Call; pbx: OpenedPbx }> {
    const call = found(await this.parts.calls.get(tenant, callId), 'call');
    if (call.state === 'ended') throw new AppError('conflict', 'call.over', 'The call is over.');
    return { call, pbx: await this.parts.pbxs.open(tenant, call.connectionId) };
  }
}

/**
 * Ends one call. Where the PBX ends all calls of an extension at once, it is asked first which those are: somebody else's call is
 * not ended along.
 */
export async function hangUp(
  { vendorCallId, extension }: CallAtPbx,
  { driver, account, io }: OpenedPbx,
): Promise<DriverAnswer<{ endsAllOfExtension: boolean }>> {
  if (!driver.hangUp) return { kind: 'unsupported', capability: 'hang_up' };
  if (driver.hangsUpExtensions && vendorCallId !== null && driver.listCalls && extension !== null) {
    const live = await driver.listCalls(extension, account, io);
    if (live.kind === 'done') {
      const others = live.calls.filter(
        (call) => call.vendorCallId !== null && call.vendorCallId !== vendorCallId,
      );
      if (others.length > 0) {
        const reason = `${extension} has another call, which the PBX would end too.`;
        return { kind: 'refused', reason, code: 'shares_extension', text: null };
      }
    }
  }
  return driver.hangUp({ vendorCallId, extension }, account, io);
}

/** @throws AppError where it was not done */
export function done<T>(answer: DriverAnswer<T>): T {
  switch (answer.kind) {
    case 'done':
      return answer;
    case 'refused': {
      const { reason, code: vendorCode } = answer;
      if (vendorCode === 'shares_extension') throw new AppError('conflict', 'call.shares_extension', reason);
      throw new AppError('rejected', 'pbx.refused', reason, { status: 422, details: { vendorCode } });
    }
    case 'unknown':
      throw new AppError('unavailable', 'pbx.unclear', `${answer.why} It may have been done.`, {
        status: 502,
      });
    case 'unsupported':
      throw unsupported(answer.capability);
  }
}
