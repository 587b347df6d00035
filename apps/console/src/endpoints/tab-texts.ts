import { en } from './tab-texts-en';
import { he } from './tab-texts-he';

export const ownTabs = { en, he };
