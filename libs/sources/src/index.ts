export type * from './contact-source.js';
export { SOURCE_KINDS, sourceKindNamed } from './registry.js';
