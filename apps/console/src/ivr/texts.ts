import { en } from './texts-en';
import { he } from './texts-he';

export type { IvrTexts } from './texts-en';
export const own = { en, he };
