import { numberKey, type ContactSourceId, type FoundContact } from '#domain';
import { Batcher } from '../pool/batcher.js';
import type { HotPool } from '../pool/hot-pool.js';
import { pgArray } from './pg-array.js';
import { storableJson } from './storable-json.js';

/** What a source said of a number. */
export interface SourceAnswer {
  sourceId: ContactSourceId;
  /** Of its settings, as it was asked: where they changed meanwhile the answer is not kept. */
  version: number;
  e164: string;
  /** Empty for nobody. */
  contacts: readonly FoundContact[];
}

/**
 * Nobody is believed for a shorter time, and not a moment longer: the contact may have been made just now (design "Contacts",
 * item 8). In one order, so that two workers never wait for each other.
 */
const KEEP = `
INSERT INTO source_answer AS known (source_id, e164, tenant_id, version, contacts, answered_at, fresh_until, stale_until)
SELECT s.id, g.e164, s.tenant_id, s.version, g.contacts::jsonb, now(),
       now() + make_interval(secs => CASE WHEN g.contacts IS NULL THEN s.not_found_seconds ELSE s.found_seconds END),
       now() + make_interval(secs => CASE WHEN g.contacts IS NULL THEN s.not_found_seconds
                                          ELSE s.found_seconds + s.stale_seconds END)
FROM unnest($1::uuid[], $2::int[], $3::text[], $4::text[]) AS g(source_id, version, e164, contacts)
JOIN contact_source s ON s.id = g.source_id AND s.version = g.version
ORDER BY s.id, g.e164
ON CONFLICT (source_id, e164) DO UPDATE SET
  version = EXCLUDED.version, contacts = EXCLUDED.contacts, answered_at = EXCLUDED.answered_at,
  fresh_until = EXCLUDED.fresh_until, stale_until = EXCLUDED.stale_until`;

/** What sources said, kept for as long as each of them is to be believed. */
export class SourceAnswerStore {
  private readonly batcher: Batcher<SourceAnswer, undefined>;

  constructor(private readonly hot: HotPool) {
    this.batcher = new Batcher({ maxItems: 200, maxInFlight: 2, run: (answers) => this.keepAll(answers) });
  }

  /** Resolves when it is committed. @throws AppError `database.unavailable` */
  async keep(answer: SourceAnswer): Promise<void> {
    await this.batcher.add(answer);
  }

  private async keepAll(answers: SourceAnswer[]): Promise<undefined[]> {
    const { uuid, int4, text } = pgArray;
    // One statement changes a row once; the last answer counts.
    const latest = new Map(answers.map((answer) => [`${answer.sourceId} ${numberKey(answer.e164)}`, answer]));
    const rows = [...latest.values()];
    await this.hot.run(
      'source.keep',
      KEEP,
      [
        uuid(rows.map(({ sourceId }) => sourceId)),
        int4(rows.map(({ version }) => version)),
        text(rows.map(({ e164 }) => numberKey(e164))),
        text(rows.map(({ contacts }) => (contacts.length === 0 ? null : storableJson(contacts)))),
      ],
      rows.length,
    );
    return answers.map(() => undefined);
  }
}
