/** What is shown beside the calls on the screen. */
export const AGENT_VIEWS = ['calls', 'missed', 'leads'] as const;
export type AgentView = (typeof AGENT_VIEWS)[number];
