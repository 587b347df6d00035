import { en } from './form-texts-en';
import { he } from './form-texts-he';

export const ownForm = { en, he };
