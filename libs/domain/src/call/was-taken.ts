import type { CallResult } from './call.js';

/** Whether a person or a voicemail box took the call. */
export function wasTaken(result: CallResult): boolean {
  return result === 'answered' || result === 'voicemail';
}
