import { ask } from '../api/ask';
import type { ImportDto } from '../api/operations';
import { sendFile } from '../api/send-file';
import type { ImportFacts, ImportKind } from '../import/import-kind';
import type { own } from './texts';

const PLAIN = ['name', 'firstName', 'lastName', 'company', 'phone', 'email', 'externalId', 'url'] as const;
const PHONES = ['mobile', 'work', 'home', 'main', 'fax'] as const;
const COUNTED = ['made', 'changed', 'unchanged', 'repeated'] as const;
const PAGE = 50;

/** Files of contacts. */
export function contactImports(tenant: string, texts: (typeof own)['en']): ImportKind {
  const { columns, phoneKinds } = texts;
  const countsOf = (of: ImportDto): ImportFacts['counts'] =>
    COUNTED.map((name) => ({ label: texts.counts[name], count: of[name] }));
  return {
    key: ['imports', tenant],
    columns: {
      plain: [
        ...PLAIN.map((word) => ({ word, label: columns[word] })),
        ...PHONES.map((kind) => ({ word: `phone:${kind}`, label: `${columns.phone}: ${phoneKinds[kind]}` })),
      ],
      own: { prefix: 'metadata:', label: columns.own, nameLabel: columns.ownName },
    },
    upload: async ({ file, query, progress, signal }) => {
      const type = /\.vcf$/i.test(file.name) ? 'text/vcard' : 'text/csv';
      const { id } = await sendFile('imports.upload', { query, tenant, file, type, progress, signal });
      return id;
    },
    list: async (cursor, signal) => {
      const page = await ask('imports.list', { query: { limit: PAGE, cursor }, tenant, signal });
      return { ...page, data: page.data.map((one) => ({ ...one, counts: countsOf(one) })) };
    },
    get: async (id, signal) => {
      const found = await ask('imports.get', { path: { id }, tenant, signal });
      return { ...found, counts: countsOf(found) };
    },
    start: (id, body) => ask('imports.start', { path: { id }, body, tenant }),
    cancel: (id) => ask('imports.cancel', { path: { id }, tenant }),
    undo: (id) => ask('imports.undo', { path: { id }, tenant }),
    faults: (id) => ask('imports.faults', { path: { id }, tenant }),
  };
}
