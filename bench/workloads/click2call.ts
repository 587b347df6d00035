import { fileURLToPath } from 'node:url';
import { percentiles } from '../../apps/simulator/index.js';
import { Forked } from '../forked.js';
import { measureAsk, type AskShape } from '../measure/measure-ask.js';
import type { PbxAnswers } from '../pbx-process.js';
import { resultOf } from '../result.js';
import { openStage, type Stage, type Surroundings } from '../stage/stage.js';
import { makeCode, setPbxAccount } from '../stage/tenants.js';
import type { Workload } from './workload.js';

/** What the PBX takes for each answer; all else is ours. */
const PBX_MS = 100;

/** Software that was written for Voicenter orders calls. What becomes of them the PBXs keep to themselves: that is other workloads'. */
export const click2call: Workload = {
  name: 'CLICK2CALL',
  about: `click-to-call at --rate for --seconds to PBXs that answer after ${String(PBX_MS)} ms: latency beyond theirs, and calls counted`,
  rate: 50,
  run: async (surroundings) => {
    const { options } = surroundings;
    const stage = await openStage({ apps: ['api'], fanOut: 0 }, surroundings);
    const { pbxs, urls } = await openPbxs(stage, surroundings);
    const { rate, seconds, lanes, warmUpSeconds } = options;
    const shape = { questions: 'click2call', loop: 'open', rate, seconds, lanes, urls } as const;
    const askedBefore = await warmUp(stage, { ...shape, seconds: warmUpSeconds }, surroundings);
    const before = await pbxs.ask('counted', undefined);
    const cold = { ...surroundings, options: { ...options, warmUpSeconds: 0 } };
    const { wrong, ...measured } = await measureAsk(stage, { ...shape, askedBefore }, cold);
    const after = await pbxs.ask('counted', undefined);

    const { ingestMs, accepted, refused } = measured.judgement;
    const placed = accepted - wrong;
    const calls = after.calls - before.calls;
    const duplicates = after.duplicates - before.duplicates;
    const beyondMs = percentiles(ingestMs.map((took) => took - PBX_MS));
    return {
      ...resultOf('CLICK2CALL', measured, { ...options, loop: 'open' }),
      delivered: calls - duplicates,
      lost: accepted + refused - placed,
      duplicates,
      // A call that the PBX did not make, or made without our having said so.
      wrong: wrong + Math.abs(calls - placed),
      replyMs: percentiles(ingestMs),
      click2call: { asked: accepted + refused, placed, calls, duplicates, pbxMs: PBX_MS, beyondMs },
    };
  },
};

/** @returns how many were asked */
async function warmUp(stage: Stage, shape: AskShape, surroundings: Surroundings): Promise<number> {
  if (shape.seconds === 0) return 0;
  const cold = { ...surroundings, options: { ...surroundings.options, warmUpSeconds: 0 } };
  const { judgement } = await measureAsk(stage, shape, cold);
  return judgement.accepted + judgement.refused;
}

/** A PBX for each tenant, and where its software asks for calls. */
async function openPbxs({ product, tenants }: Stage, { unwind, say }: Surroundings) {
  if (product === undefined) throw new Error('The floor places no calls.');
  const pbxs = new Forked<PbxAnswers>(fileURLToPath(new URL('../pbx-process.js', import.meta.url)));
  unwind.add('the PBXs', () => pbxs.stop());
  const opened = await pbxs.ask('open', { count: tenants.length, answersAfterMs: PBX_MS });
  say(`${String(opened.length)} PBXs that answer after ${String(PBX_MS)} ms`);
  const api = { apiUrl: product.url('api'), adminKey: product.adminKey };
  const urls = await Promise.all(
    tenants.map(async (tenant, place) => {
      const { url, secrets, phone } = opened[place] ?? { url: '', secrets: {}, phone: '' };
      const settings = { api_url: url, history_url: url, monitor_url: url, login_url: url };
      await setPbxAccount(api, tenant, { settings, secrets });
      const code = await makeCode(api, tenant, ['call']);
      const query = new URLSearchParams({ code, action: 'call', format: 'json', phone });
      return `${api.apiUrl}/ForwardDialer/click2call.aspx?${query.toString()}`;
    }),
  );
  return { pbxs, urls };
}
