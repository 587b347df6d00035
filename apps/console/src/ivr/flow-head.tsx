import { Button, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import { ProblemNotice } from '../app/problem-notice';
import { ActionButton } from '../page/action-button';
import { PageHead } from '../page/page-head';
import { useOwnTexts } from '../texts/language';
import { useEditing } from './editing';
import { FlowConflict } from './flow-conflict';
import { own } from './texts';
import type { FlowDraft } from './use-flow-draft';

/** What a flow is called, whether it is saved, and what somebody else made of it meanwhile. */
export function FlowHead({ draft, tenant }: { draft: FlowDraft; tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const navigate = useNavigate();
  const { base, theirs, history, error, isChanged, isSaved, isSaving, save, goOnFrom } = draft;
  const { mayChange, problems } = useEditing();
  return (
    <>
      <PageHead title={base.name} {...(!mayChange && { about: texts.onlyAdmins })}>
        {mayChange && (
          <>
            <Text size="sm" role="status" className={isChanged ? 'tone-waiting' : 'tone-good'}>
              {isChanged ? texts.unsaved : isSaved ? texts.saved : ''}
            </Text>
            <Button size="xs" disabled={!isChanged || problems.length > 0} loading={isSaving} onClick={save}>
              {texts.save}
            </Button>
            <ActionButton
              label={texts.delete}
              color="red"
              variant="default"
              confirm={texts.confirmDelete(base.name)}
              act={() => ask('ivrFlows.remove', { path: { id: base.id }, tenant, seen: base.updatedAt })}
              stale={[['ivr', tenant, 'list']]}
              whenDone={() => navigate({ to: '/t/$tenant/ivr', params: { tenant } })}
            />
          </>
        )}
      </PageHead>
      {error !== null && <ProblemNotice error={error} />}
      {theirs !== null && (
        <FlowConflict
          base={base}
          theirs={theirs}
          mine={history.now}
          goOn={(document) => {
            goOnFrom(theirs, document);
          }}
        />
      )}
    </>
  );
}
