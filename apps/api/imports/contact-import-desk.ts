import { ImportDesk } from './import-desk.js';
import type { ImportDto } from './import.dto.js';

export class ContactImportDesk extends ImportDesk<ImportDto> {}
