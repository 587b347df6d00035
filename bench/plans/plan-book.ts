import type { PlanNode } from './plan-node.js';

/** A statement as it was planned. */
export interface NotedPlan {
  /** Of the statement of the hot sessions that it is, or that ran it from within a function. */
  statement: string;
  /** Its own text, where a function ran it. */
  within?: string;
  plan: PlanNode;
}

/** What auto_explain says of a statement when it ends. */
const PLAN = /^duration: \S+ ms {2}plan:\s*(\{[^]*\})\s*$/;

/**
 * Settings under which auto_explain tells the plan of everything that runs, from within functions too, as JSON. Nothing is
 * measured: what the statements cost is not what is asked.
 */
export const TELL_PLANS: Readonly<Record<string, string>> = {
  'auto_explain.log_min_duration': '0',
  'auto_explain.log_format': 'json',
  'auto_explain.log_nested_statements': 'on',
  'auto_explain.log_analyze': 'off',
  'auto_explain.log_parameter_max_length': '0',
};

/** Plans by the statement's name. A session tells what functions run before it tells the statement that called them. */
export class PlanBook {
  readonly plans: NotedPlan[] = [];
  private readonly names = new Map<string, string>();
  private readonly within = new Map<unknown, { text: string; plan: PlanNode }[]>();
  private readonly seen = new Set<string>();

  /** A statement has this name. */
  named(name: string, text: string): void {
    this.names.set(text.trim(), name);
  }

  /** @returns names of statements that were planned */
  get statements(): Set<string> {
    return new Set(this.plans.map(({ statement }) => statement));
  }

  /**
   * @param session  whose message it is
   * @param message  anything that a server says; what is no plan is passed over
   */
  told(session: unknown, message: string): void {
    const [, json] = PLAN.exec(message) ?? [];
    if (json === undefined) return;
    const { 'Query Text': text, Plan: plan } = JSON.parse(json) as { 'Query Text': string; Plan: PlanNode };
    const within = this.within.get(session) ?? [];
    const statement = this.names.get(text.trim());
    if (statement === undefined) {
      this.within.set(session, [...within, { text, plan }]);
      return;
    }
    this.within.delete(session);
    for (const one of within) this.note({ statement, within: one.text, plan: one.plan });
    this.note({ statement, plan });
  }

  private note(noted: NotedPlan): void {
    const key = JSON.stringify(noted);
    if (this.seen.has(key)) return;
    this.seen.add(key);
    this.plans.push(noted);
  }
}
