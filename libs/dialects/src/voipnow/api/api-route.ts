export type VoipnowRoute = 'token' | 'create' | 'calls' | 'presence' | 'agents' | 'events' | 'cdr';
