import type { AgentId, LiveCall } from '#domain';
import type { DirectoryPhone, VendorDirectory } from './vendor-directory.js';

/** Finds the phones that a call is at. */
export class PhoneIndex {
  private readonly byWord = new Map<string, DirectoryPhone>();
  private readonly byAgent = new Map<AgentId, DirectoryPhone[]>();

  constructor({ phones }: Pick<VendorDirectory, 'phones'>) {
    for (const phone of phones) {
      for (const word of [phone.extension, ...phone.aliases]) {
        const key = word.toLowerCase();
        if (!this.byWord.has(key)) this.byWord.set(key, phone);
      }
      if (phone.agentId !== null) this.byAgent.set(phone.agentId, [...this.of(phone.agentId), phone]);
    }
  }

  /** An agent's phones. */
  of(agent: AgentId): readonly DirectoryPhone[] {
    return this.byAgent.get(agent) ?? [];
  }

  /**
   * Those of the people whom it is shown to, and the one that the PBX names. Whose phone it is knows better when it rings there
   * no more; of nobody's phone there is the PBX's word alone.
   */
  at(call: LiveCall): Set<DirectoryPhone> {
    const found = new Set<DirectoryPhone>();
    if (call.over) return found;
    const named = call.extension === null ? undefined : this.byWord.get(call.extension.toLowerCase());
    for (const agent of Object.keys(call.popups) as AgentId[]) {
      const state = call.popups[agent];
      if (state !== 'ringing' && state !== 'answered') continue;
      const own = this.of(agent);
      const phone = own.find((one) => one === named) ?? own[0];
      if (phone) found.add(phone);
    }
    if (named?.agentId === null) found.add(named);
    return found;
  }
}
