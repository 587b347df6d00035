export * from './popup-states.js';
export type * from './agent-said.js';
export * from './live-campaign.js';
export * from './live-call.js';
export * from './live-board.js';
export * from './live-event.js';
export * from './feed-now.js';
export * from './feed-facts.js';
export * from './calls-of-feed.js';
