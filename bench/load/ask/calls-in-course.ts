/**
 * Question number -> what it tells of which call. Of every three questions one begins a call, one answers the call that began
 * `APART` calls before, and one ends the call that was answered so long ago, so that phones are free again and no list grows.
 */
export const STEPS = ['ringing', 'talking', 'hangup'] as const;
export type Step = (typeof STEPS)[number];

/** Calls between a step of a call and its next. */
const APART = 60;

export interface CourseStep {
  call: number;
  step: Step;
}

/** Undefined where there is no such call yet. */
export function courseStep(question: number): CourseStep | undefined {
  const place = question % STEPS.length;
  const call = Math.floor(question / STEPS.length) - place * APART;
  return call < 0 ? undefined : { call, step: STEPS[place] ?? 'ringing' };
}

/** The inverse of `courseStep`. */
export function courseQuestion({ call, step }: CourseStep): number {
  const place = STEPS.indexOf(step);
  return (call + place * APART) * STEPS.length + place;
}

/** Neighbours in time are of different tenants. */
export function tenantOfCall(call: number, tenants: number): number {
  return call % tenants;
}
