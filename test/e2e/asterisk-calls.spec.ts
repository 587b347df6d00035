/** What is done with calls of a real Asterisk while they go on, and what it tells of them. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CallView } from '#domain';
import { SipPhone, playTone } from '../../apps/simulator/index.js';
import { AsteriskDesk } from '../harness/asterisk/asterisk-desk.js';
import { testAsterisk } from '../harness/asterisk/test-asterisk.js';
import { BACKENDS } from '../harness/backends.js';
import { until } from '../harness/until.js';
import { loudnessOfWav } from '../harness/asterisk/loudness-of-wav.js';

const program = await testAsterisk();
const whereItIs = program === undefined ? describe.skip : describe;
const [backend] = BACKENDS.slice(-1);
/** A tone of the phone's is far above it, and comfort noise far below. */
const AUDIBLE = 1_000;
const WITHIN_MS = 30_000;
const PASSWORD = 'not-a-secret';

whereItIs(`a call of a real Asterisk that goes on, on ${backend?.name ?? ''}`, () => {
  let desk: AsteriskDesk;

  beforeAll(async () => {
    if (program !== undefined && backend !== undefined) {
      desk = await AsteriskDesk.open(backend, program, { registering: { 120: PASSWORD } });
    }
  });
  afterAll(() => desk.close());

  /** A customer talks to 101, and we know of it. */
  async function talk(customer: string) {
    const { office } = desk;
    const call = office.callIn(customer, '0722000101');
    await call.answered;
    const agent = await until('101 to talk', () => office.seenBy('101', customer));
    const record = await until('the call to be known', () => answeredCallOf(customer));
    return { call, agent: agent.call, record };
  }

  async function answeredCallOf(customer: string): Promise<CallView | undefined> {
    const records = [...(await desk.records()).values()];
    return records.find(({ from, state }) => from.original === customer && state === 'answered');
  }

  function recordingsThere(): Promise<string[]> {
    return readdir(join(desk.office.asterisk.folder, 'spool', 'recording'));
  }

  /** What the dialer and wallboards go by. */
  async function devices(): Promise<Record<string, string>> {
    const rows = await desk.chain.sql.rows<{ key: string; device: string }>(
      'SELECT key, device FROM told_by_pbx($1)',
      [desk.connection.id],
    );
    return Object.fromEntries(rows.map(({ key, device }) => [key, device]));
  }

  it('is for phones that are there: which ones are, we know, and hear of it when one comes', async () => {
    await desk.put(`/v1/connections/${desk.connection.id}/pbx-account`, {
      settings: { trunks: 'trunk', feed: 'on' },
      secrets: {},
    });
    const before = await until(
      'phones to be told',
      async () => {
        const told = await devices();
        return told['101'] === undefined ? undefined : told;
      },
      WITHIN_MS,
    );
    expect(before).toMatchObject({ 101: 'reachable', 109: 'unreachable', 120: 'unreachable' });
    expect(before).not.toHaveProperty('trunk');
    const phone = await SipPhone.open({ name: '120', pbx: desk.office.sip });
    await phone.register(PASSWORD);
    await until('120 to be there', async () => (await devices())['120'] === 'reachable', WITHIN_MS);
    phone.close();
    await desk.chain.process('ingress').kill();
    await until('nothing to hold while nobody can ask', async () => !('101' in (await devices())), WITHIN_MS);
    await desk.chain.start('ingress');
    await until('all to be told again', async () => (await devices())['101'] === 'reachable', WITHIN_MS);
  });

  it('is recorded from when that is asked until it is no longer, both sides of it', async () => {
    const { call, agent, record } = await talk('0501234521');
    const stop = playTone(agent.media ?? { host: '', port: 0 });
    const ask = (state: string) => desk.ask('POST', `/v1/calls/${record.id}/recording`, { state });
    await ask('on');
    // Once more changes nothing.
    await ask('on');
    const [name = ''] = await until('the file', async () => {
      const names = await recordingsThere();
      return names.length > 0 ? names : undefined;
    });
    expect(name).toBe(`switchhook-${record.vendorCallId}.wav`);
    const file = join(desk.office.asterisk.folder, 'spool', 'recording', name);
    const heard = await until('half a second of the tone', async () => {
      const { seconds, loudness } = loudnessOfWav(await readFile(file));
      return seconds > 0.5 && loudness > AUDIBLE ? loudness : undefined;
    });
    expect(heard).toBeGreaterThan(AUDIBLE);
    await ask('off');
    await expect(ask('off')).rejects.toThrow('Nothing of this call is recorded by us');
    stop();
    call.hangUp();
    await desk.untilTold([record.vendorCallId]);
    const raws = (await desk.records()).get(record.vendorCallId)?.legs.map(({ raw }) => raw['record']);
    expect(raws).toContain(name);
  });

  it('has a message played to whoever is ordered to hear it, and is over then', async () => {
    const { office, connection } = desk;
    const rung = office.seen.length;
    const { vendorCallId } = await desk.ask<{ vendorCallId: string }>('POST', '/v1/orders', {
      connectionId: connection.id,
      kind: 'announce',
      first: { kind: 'extension', value: '106' },
      announcement: { before: 'hello-world' },
    });
    const heard = await until('106 to answer', () => office.seen.slice(rung).find((seen) => seen.answeredAt));
    await heard.call.ended;
    // What could not be played would be over at once.
    expect(Date.now() - (heard.answeredAt ?? Date.now())).toBeGreaterThan(1_000);
    await desk.untilTold([vendorCallId]);
    expect((await desk.records()).get(vendorCallId)).toMatchObject({ state: 'ended', result: 'answered' });
  });

  it('joins whoever is ordered into a room of ours, and closes it behind the last', async () => {
    const { office, connection } = desk;
    await desk.put(`/v1/connections/${connection.id}/pbx-account`, {
      settings: { trunks: 'trunk', rooms: 'ours' },
      secrets: {},
    });
    const rung = office.seen.length;
    const enter = (extension: string) =>
      desk.ask<{ vendorCallId: string }>('POST', '/v1/orders', {
        connectionId: connection.id,
        kind: 'conference',
        first: { kind: 'extension', value: extension },
        conferenceRoom: '8001',
      });
    const orders = [await enter('106'), await enter('107')];
    const inRoom = async () => office.asterisk.say('bridge show switchhook-room-8001');
    await until(
      'both to be joined',
      async () => /PJSIP\/106-[^]*PJSIP\/107-|PJSIP\/107-[^]*PJSIP\/106-/.test(await inRoom()),
      WITHIN_MS,
    );
    const phones = office.seen.slice(rung).map(({ call }) => call);
    expect(phones).toHaveLength(2);
    phones[0]?.hangUp();
    await until('one to be left', async () => (await inRoom()).match(/PJSIP\/10/g)?.length === 1, WITHIN_MS);
    phones[1]?.hangUp();
    await until(
      'the room to be closed',
      async () => !(await office.asterisk.say('bridge show all')).includes('switchhook'),
      WITHIN_MS,
    );
    await desk.untilTold(orders.map(({ vendorCallId }) => vendorCallId));
    const records = await desk.records();
    for (const { vendorCallId } of orders) {
      expect(records.get(vendorCallId)).toMatchObject({ state: 'ended', result: 'answered' });
    }
  });
});
