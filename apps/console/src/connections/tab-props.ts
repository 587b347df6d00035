import type { ConnectionDto } from '../api/operations';

/** What each part of a connection's screen is given. */
export interface TabProps {
  tenant: string;
  connection: ConnectionDto;
}
