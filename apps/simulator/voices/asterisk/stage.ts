/**
 * An Asterisk on which one call is played: its channels, which change while it goes on, and the events that tell of them. Each
 * event shows the channel whole, as it was then. Shapes as a real Asterisk 22 tells them.
 */
import type { Instant } from '#domain';
import { SECOND_MS, type TimedMessage } from '../voice.js';

export interface Channel {
  id: string;
  name: string;
  /** `Down`, `Ring` (it calls), `Ringing` (it is called), `Up`. */
  state: 'Down' | 'Ring' | 'Ringing' | 'Up';
  own: string;
  other: string;
  context: string;
  exten: string;
  app: string;
  appData: string;
  /** Of the call's first channel: it names the call. */
  linkedId: string;
  createdAt: number;
  bridge: string | null;
}

type Kind =
  'ChannelCreated' | 'ChannelStateChange' | 'ChannelDialplan' | 'ChannelVarset' | 'ChannelHangupRequest';
type Body = Readonly<Record<string, unknown>>;

/** What is played when, and what was told of it. */
export class Stage {
  readonly messages: TimedMessage[] = [];
  private readonly agenda: { at: number; act: (at: number) => void }[] = [];
  private readonly bridges = new Map<string, string[]>();
  private readonly channels: Channel[] = [];

  /**
   * @param callId     the id of the call's first channel
   * @param variables  those that `channelvars` in ari.conf names, beside the call's id
   */
  constructor(
    private readonly startedAt: Instant,
    private readonly callId: string,
    private readonly variables: Readonly<Record<string, string>>,
  ) {}

  /** @param at  seconds since the call's start */
  plan(at: number, act: (at: number) => void): void {
    this.agenda.push({ at, act });
  }

  /** Plays all that was planned, also what is planned meanwhile. */
  play(): void {
    for (;;) {
      const next = this.agenda.reduce<number>((best, { at }, index) => {
        const soonest = this.agenda[best];
        return soonest === undefined || at < soonest.at ? index : best;
      }, 0);
      const [due] = this.agenda.splice(next, 1);
      if (due === undefined) return;
      due.act(due.at);
    }
  }

  /** The first channel has the call's id, and the others have ids of their own. */
  open(
    at: number,
    of: Pick<Channel, 'state' | 'own' | 'context' | 'exten'> & { endpoint: string; linkedId?: string },
  ): Channel {
    const { endpoint, linkedId = this.callId, ...more } = of;
    const count = this.channels.length;
    const number = count.toString(16).padStart(8, '0');
    const id = count === 0 ? this.callId : `${String(this.epochSeconds(at))}.${this.tail}${String(count)}`;
    const channel: Channel = {
      ...{ id, name: `PJSIP/${endpoint}-${number}`, linkedId: linkedId === 'own' ? id : linkedId },
      // Each comes a moment after whoever rings it.
      ...{ other: '', app: '', appData: '', createdAt: at + count / 1_000, bridge: null, ...more },
    };
    this.channels.push(channel);
    this.say(at, 'ChannelCreated', channel);
    return channel;
  }

  /** The one that this extension talks by, beside another one of it. */
  channelOf(endpoint: string, beside: Channel): Channel | undefined {
    return this.channels.find(
      (channel) =>
        channel !== beside && channel.bridge !== null && channel.name.startsWith(`PJSIP/${endpoint}-`),
    );
  }

  say(at: number, type: Kind, channel: Channel, more: Body = {}): void {
    this.tell(
      at,
      `${type} ${channel.name}`,
      { type, ...more, channel: this.shown(channel) },
      channel.linkedId,
    );
  }

  become(at: number, channel: Channel, state: Channel['state']): void {
    if (channel.state === state) return;
    channel.state = state;
    this.say(at, 'ChannelStateChange', channel);
  }

  /** The dialplan goes on to an application. */
  lead(at: number, channel: Channel, app: string, appData: string): void {
    Object.assign(channel, { app, appData });
    this.say(at, 'ChannelDialplan', channel, { dialplan_app: app, dialplan_app_data: appData });
  }

  /** @param caller  null where the PBX itself rings, for an order */
  dial(at: number, caller: Channel | null, peer: Channel, dialstatus: string): void {
    const ends = { ...(caller && { caller: this.shown(caller) }), peer: this.shown(peer) };
    const dialstring = dialstatus === '' ? peer.name.replace(/^PJSIP\/|-\w+$/g, '') : '';
    const event = { type: 'Dial', dialstatus, forward: '', dialstring, ...ends };
    this.tell(at, `Dial ${peer.name} ${dialstatus}`, event, peer.linkedId);
  }

  /** They hear each other. */
  join(at: number, ...channels: readonly Channel[]): void {
    const bridge =
      channels.find((channel) => channel.bridge !== null)?.bridge ?? `bridge-${this.callId}-${String(at)}`;
    for (const channel of channels) {
      if (channel.bridge === bridge) continue;
      this.leave(at, channel);
      channel.bridge = bridge;
      this.bridges.set(bridge, [...(this.bridges.get(bridge) ?? []), channel.id]);
      this.bridged(at, 'ChannelEnteredBridge', channel, bridge);
    }
  }

  leave(at: number, channel: Channel): void {
    const { bridge } = channel;
    if (bridge === null) return;
    channel.bridge = null;
    this.bridges.set(
      bridge,
      (this.bridges.get(bridge) ?? []).filter((id) => id !== channel.id),
    );
    this.bridged(at, 'ChannelLeftBridge', channel, bridge);
  }

  /** @param cause  of Q.850 */
  destroy(at: number, channel: Channel, cause: number, causeText: string): void {
    this.leave(at, channel);
    const event = { type: 'ChannelDestroyed', cause, cause_txt: causeText, channel: this.shown(channel) };
    this.tell(at, `ChannelDestroyed ${channel.name}`, event, channel.linkedId);
  }

  press(at: number, channel: Channel, digit: string): void {
    const event = { type: 'ChannelDtmfReceived', digit, duration_ms: 120, channel: this.shown(channel) };
    this.tell(at, `ChannelDtmfReceived ${digit}`, event, channel.linkedId);
  }

  shown(channel: Channel): Body {
    const { id, name, state, own, other, context, exten, app, appData, linkedId, createdAt } = channel;
    return {
      ...{ id, name, state, protocol_id: `sip-${id}` },
      ...{ caller: { name: '', number: own }, connected: { name: '', number: other }, accountcode: '' },
      dialplan: { context, exten, priority: 1, app_name: app, app_data: appData },
      ...{ creationtime: this.written(createdAt), language: 'en' },
      channelvars: { 'CHANNEL(linkedid)': linkedId, ...this.variables },
    };
  }

  tell(at: number, label: string, event: Body, callId: string): void {
    const told = {
      ...event,
      timestamp: this.written(at),
      asterisk_id: ASTERISK_ID,
      application: 'switchhook',
    };
    const body = JSON.stringify(told);
    const message = { method: 'POST', contentType: 'application/json', body } as const;
    this.messages.push({ callId, atMs: at * SECOND_MS, route: 'ari', label, write: () => message });
  }

  private bridged(at: number, type: string, channel: Channel, id: string): void {
    const channels = this.bridges.get(id) ?? [];
    const bridge = {
      ...{
        id,
        technology: 'simple_bridge',
        bridge_type: 'mixing',
        bridge_class: 'basic',
        creator: '',
        name: '',
      },
      ...{ channels, creationtime: this.written(at), video_mode: 'talker' },
    };
    this.tell(
      at,
      `${type} ${channel.name}`,
      { type, bridge, channel: this.shown(channel) },
      channel.linkedId,
    );
  }

  private get tail(): string {
    return this.callId.replace(/\D/g, '').slice(-5);
  }

  private epochSeconds(at: number): number {
    return Math.floor(this.startedAt / SECOND_MS + at);
  }

  private written(at: number): string {
    return new Date(this.startedAt + at * SECOND_MS).toISOString().replace('Z', '+0000');
  }
}

const ASTERISK_ID = '02:00:00:00:00:01';
