import { en } from './texts-en';
import { he } from './texts-he';

/** What the screens of connections say. */
export const own = { en, he };
