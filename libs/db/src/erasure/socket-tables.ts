/** What is kept of the WebSockets of PBXs; see `SearchedTable`. */
export const SOCKET_TABLES = [
  {
    // A channel may be named after whom it calls. One that is struck out is not missed when its end is not told.
    table: 'socket_part',
    keys: { connection_id: 'uuid', line: 'smallint', part: 'text' },
    byTenant: false,
    columns: { part: 'text', call_id: 'text' },
    found: 'delete',
  },
  {
    table: 'pbx_socket',
    keys: { connection_id: 'uuid', line: 'smallint' },
    byTenant: false,
    columns: { remote: 'text', reason: 'text' },
    found: 'mask',
  },
] as const;
