import type { Newer } from './endless-list';
import type { NewestList } from './use-newest';

/** What an endless list says of rows that came while it is read. */
export function newerOf({ waiting, isMore, showNewer, setAtTop }: NewestList<unknown>): Newer {
  return { count: waiting, isMore, show: showNewer, setAtTop };
}
