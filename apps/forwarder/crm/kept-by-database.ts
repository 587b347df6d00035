import type { CrmChange, CrmOwner, CrmStore, CrmWrite } from '#db';
import { LeaseLost, type CrmLedger, type KeptContact, type KeptLog, type WrittenEntry } from '#crm';

/** What connectors' logging keeps of one call, in the database, under the lease of its endpoint's mailbox. */
export function keptByDatabase(
  store: Pick<CrmStore, 'read' | 'write' | 'callNow' | 'lastServed'>,
  owner: CrmOwner,
): CrmLedger {
  const write = async (what: CrmWrite, change?: CrmChange): Promise<void> => {
    if (!(await store.write(what, owner, change))) throw new LeaseLost();
  };
  return {
    read: async (e164) => {
      const { log, contact } = await store.read({ ...owner, e164 });
      return {
        log: log && {
          ...log,
          record: log.recordId === null ? null : { id: log.recordId, type: log.recordType ?? '' },
          contact: log.contact as KeptLog['contact'],
          wrote: log.wrote as WrittenEntry | null,
          stands: log.stands as KeptLog['stands'],
          anew: (log.anew ?? {}) as KeptLog['anew'],
        },
        contact: contact && { ...contact, contact: contact.contact as KeptContact['contact'] },
      };
    },
    beginLog: (contact, candidates) => write('beginLog', { contact, candidates }),
    forgetLog: () => write('forgetLog'),
    keepLog: ({ record, ...kept }) =>
      write('keepLog', { ...kept, recordId: record.id, recordType: record.type }),
    beginAnew: (anew) => write('beginAnew', { anew }),
    beginTask: (contact) => write('keepTask', { taskId: '', contact }),
    forgetTask: () => write('keepTask', { taskId: null }),
    keepTask: (taskId) => write('keepTask', { taskId }),
    beginContact: (e164) => write('beginContact', { e164 }),
    keepContact: (e164, contact) => write('keepContact', { e164, contact }),
    forgetContact: (e164) => write('forgetContact', { e164 }),
    doubtContact: (e164) => write('doubtContact', { e164 }),
    callNow: () => store.callNow(owner),
    lastServed: (e164) => store.lastServed(owner.tenantId, e164),
  };
}
