import { ImportDesk } from './import-desk.js';
import type { LeadImportDto } from './lead-import.dto.js';

export class LeadImportDesk extends ImportDesk<LeadImportDto> {}
