import { holdLine } from '../web-phone/hold-line';
import type { PhoneSettings } from '../web-phone/phone-settings';
import { NO_PHONE, type PhoneCall, type PhoneState } from '../web-phone/phone-state';
import type { WebPhone } from '../web-phone/web-phone';
import { carryOut, type PhoneOrder } from './phone-order';

/** The phone of all tabs of an agent, as one of them shows it. */
export interface SharedState {
  phone: PhoneState;
  /** Whether it is in this tab. */
  isHere: boolean;
  /** The last call that failed or was rejected; null once another one begins. */
  lost: PhoneCall | null;
}

/** What tabs tell each other of it: whoever has it, how it is; the others, what they want. */
export type SharedNews =
  | { kind: 'ask' }
  | { kind: 'state'; phone: PhoneState; lost: PhoneCall | null }
  | { kind: 'order'; order: PhoneOrder };

/** One tab has the phone. The others show it, and have it do what is wanted; when that tab is closed, one of them takes over. */
export class SharedPhone {
  private current: SharedState = { phone: NO_PHONE, isHere: false, lost: null };
  private readonly watchers = new Set<() => void>();
  private letGo: () => void = () => undefined;
  private settings: PhoneSettings | null = null;

  /** @param tell  tells the other tabs */
  constructor(
    private readonly phone: WebPhone,
    private readonly tell: (news: SharedNews) => void,
  ) {
    phone.watch(() => {
      if (this.current.isHere) this.show({ phone: phone.state });
    });
    phone.listen((news) => {
      if (news.kind !== 'call') return;
      const { state } = news.call;
      if (state === 'failed' || state === 'rejected') this.show({ lost: news.call });
      else if (state !== 'ended') this.show({ lost: null });
    });
  }

  readonly state = (): SharedState => this.current;

  readonly watch = (changed: () => void): (() => void) => {
    this.watchers.add(changed);
    return () => this.watchers.delete(changed);
  };

  start(settings: PhoneSettings): void {
    this.settings = settings;
    this.wait(false);
    if (!this.current.isHere) this.tell({ kind: 'ask' });
  }

  stop(): void {
    this.settings = null;
    this.letGo();
    this.away();
  }

  useIceServers(iceServers: PhoneSettings['iceServers']): void {
    if (this.settings !== null) this.settings = { ...this.settings, iceServers };
    this.phone.useIceServers(iceServers);
  }

  /** Takes it from the tab that has it. */
  takeHere(): void {
    this.letGo();
    this.wait(true);
  }

  order(order: PhoneOrder): void {
    if (this.current.isHere) carryOut(this.phone, order);
    else this.tell({ kind: 'order', order });
  }

  /** What another tab tells. */
  hear(news: SharedNews): void {
    if (news.kind === 'state') {
      if (!this.current.isHere) this.set({ ...this.current, phone: news.phone, lost: news.lost });
    } else if (this.current.isHere) {
      if (news.kind === 'ask') this.tellState();
      else carryOut(this.phone, news.order);
    }
  }

  private wait(isTaken: boolean): void {
    const { settings } = this;
    if (settings === null) return;
    this.letGo = holdLine(
      `${settings.user}@${settings.domain}`,
      {
        ours: () => {
          this.set({ ...this.current, isHere: true });
          this.phone.start(this.settings ?? settings);
        },
        taken: () => {
          this.away();
          this.wait(false);
        },
      },
      isTaken,
    );
  }

  private away(): void {
    this.phone.stop();
    this.set({ ...this.current, isHere: false });
  }

  private show(change: Partial<SharedState>): void {
    this.set({ ...this.current, ...change });
    if (this.current.isHere) this.tellState();
  }

  private tellState(): void {
    const { phone, lost } = this.current;
    this.tell({ kind: 'state', phone, lost });
  }

  private set(next: SharedState): void {
    this.current = next;
    for (const changed of this.watchers) changed();
  }
}
