import type { PacingMemory, PacingNews, PacingSettings } from './pacing.js';

export function learnPacing(
  memory: PacingMemory,
  _news: readonly PacingNews[],
  _settings: PacingSettings,
): PacingMemory {
  return memory;
}
