import { en } from './texts-en';
import { he } from './texts-he';

export const own = { en, he };
export type OwnTexts = typeof en;
