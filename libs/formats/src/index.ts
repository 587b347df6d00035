export type * from './format.js';
export { FORMATS, formatNamed } from './registry.js';
export {
  EVENT_KINDS,
  EVENT_NAMES,
  EVERY_EXTENSION,
  MAX_EVENT_ID,
  MAX_ROWS,
  REQUEST_METHODS,
  addRow,
  clearSelected,
  listRows,
  reachedUrls,
  setActive,
  updateRow,
  type CallEventKind,
  type CallEventRow,
  type CallEventTable,
  type RequestMethod,
  type RowDraft,
  type RowFilter,
  type TableChange,
} from './voipnow/table.js';
export { problemsWithRow, tableIn, withTable } from './voipnow/edit-table.js';
