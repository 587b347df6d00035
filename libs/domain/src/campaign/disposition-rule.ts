/** What a word that somebody says about a lead can come to. */
export const DISPOSITION_STEPS = ['done', 'retry', 'do_not_call'] as const;
export type DispositionStep = (typeof DISPOSITION_STEPS)[number];

export interface DispositionRule {
  then: DispositionStep;
  /** `retry`: when to call again; null: by the retry rules. */
  afterMinutes: number | null;
}
