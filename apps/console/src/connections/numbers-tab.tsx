import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import { Listed } from '../list/listed';
import { usePages } from '../list/pages-of';
import { useOwnTexts } from '../texts/language';
import { LabelRows } from './label-rows';
import type { TabProps } from './tab-props';
import { own } from './texts';
import { connectionsKey } from './use-connection';
import { useMayManage } from './use-may-manage';

/** What people call the numbers that callers dial. */
export function NumbersTab({ tenant, connection: { id } }: TabProps): ReactNode {
  const texts = useOwnTexts(own);
  const key = [...connectionsKey(tenant), id, 'dids'];
  const { rows, query } = usePages(key, (cursor, signal) =>
    ask('dids.list', { path: { id }, query: { limit: 100, cursor }, tenant, signal }),
  );
  const mayChange = useMayManage(tenant);
  return (
    <Listed error={query.error} retry={query.refetch} count={rows && 1} none="">
      <LabelRows
        words={{ title: texts.tabs.numbers, ...texts.numbers, name: texts.people.number }}
        rows={(rows ?? []).map(({ number, label }) => ({ name: number, label }))}
        mayChange={mayChange}
        put={({ name, label }) => ask('dids.put', { path: { id, number: name }, body: { label }, tenant })}
        remove={(number) => ask('dids.remove', { path: { id, number }, tenant })}
        stale={[key]}
        more={query.hasNextPage ? query.fetchNextPage : undefined}
      />
    </Listed>
  );
}
