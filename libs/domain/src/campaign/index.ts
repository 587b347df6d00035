export * from './campaign.js';
export * from './order-of-lead.js';
export * from './outcome-of-attempt.js';
export * from './agents-of-campaign.js';
export * from './own-share.js';
export * from './read-campaign-settings.js';
export * from './question-of-lead.js';
export * from './campaign-events.js';
