export type * from './format.js';
export { FORMATS, formatNamed } from './registry.js';
export {
  addRow,
  clearSelected,
  listRows,
  setActive,
  updateRow,
  type CallEventRow,
  type CallEventTable,
  type RowDraft,
  type TableChange,
} from './voipnow/table.js';
