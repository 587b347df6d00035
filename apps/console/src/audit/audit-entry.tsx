import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AuditEntryDto } from '../api/operations';
import { TextLink } from '../app/text-link';
import { TimeText } from '../list/time-text';
import { useOwnTexts } from '../texts/language';
import type { AuditFilters } from './audit-filters';
import { changesOf, type DiffLine } from './changes-of';
import { own } from './texts';

const MARKS: Readonly<Record<DiffLine['kind'], string>> = { was: '−', is: '+', same: ' ' };
const TONES: Readonly<Record<DiffLine['kind'], string>> = {
  was: 'tone-bad',
  is: 'tone-good',
  same: 'tone-quiet',
};

interface AuditEntryProps {
  entry: AuditEntryDto;
  nameOf: (actor: string) => string | undefined;
  filters: AuditFilters;
  tenant: string;
}

/** One change: when, who, what, and the difference. */
export function AuditEntry({ entry, nameOf, filters, tenant }: AuditEntryProps): ReactNode {
  const texts = useOwnTexts(own);
  const { at, action, actor, actorKind, subjectType, subjectId, changes } = entry;
  const fields = changesOf(changes);
  return (
    <li>
      <div className="audit-head">
        <TimeText at={at} exact />
        <b>
          <bdi dir="ltr">{action}</bdi>
        </b>
        <span>
          {texts.by} {texts.actors[actorKind]}
          {actorKind !== 'system' && (
            <>
              {' '}
              <bdi title={actor}>{nameOf(actor) ?? actor.slice(0, 8)}</bdi>
            </>
          )}
        </span>
        {filters.subjectId !== subjectId && (
          <TextLink
            size="sm"
            to="/t/$tenant/audit"
            params={{ tenant }}
            search={{ ...filters, subjectType, subjectId }}
          >
            {texts.onlyThis} <bdi dir="ltr">{subjectType}</bdi>
          </TextLink>
        )}
      </div>
      {fields.length === 0 ? (
        <Text size="sm" c="dimmed">
          {texts.nothing}
        </Text>
      ) : (
        <dl className="audit-fields">
          {fields.map(({ field, lines }) => (
            <div key={field}>
              <dt>
                <bdi dir="ltr">{field}</bdi>
              </dt>
              <dd>
                <Lines lines={lines} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

function Lines({ lines }: { lines: readonly DiffLine[] }): ReactNode {
  const texts = useOwnTexts(own);
  return (
    <div className="audit-diff" dir="ltr">
      {lines.map(({ kind, text }, at) => (
        <div key={at} className={TONES[kind]}>
          <span aria-hidden>{MARKS[kind]} </span>
          {kind !== 'same' && <span className="audit-said">{texts[kind]} </span>}
          {text}
        </div>
      ))}
    </div>
  );
}
