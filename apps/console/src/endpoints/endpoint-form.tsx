import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ProblemNotice } from '../app/problem-notice';
import { useOwnTexts } from '../texts/language';
import { DRAFT_FIELDS, type EndpointDraft } from './endpoint-draft';
import { EventFields } from './event-fields';
import { fieldErrorsOf, isAllShown } from './field-errors';
import { FilterFields } from './filter-fields';
import './form.css';
import { ownForm } from './form-texts';
import { LimitFields, MoreFields } from './limit-fields';
import { Preview } from './preview';
import { ScheduleFields } from './schedule-fields';
import { WhereFields } from './where-fields';

interface EndpointFormProps {
  tenant: string;
  draft: EndpointDraft;
  set: (patch: Partial<EndpointDraft>) => void;
  isNew: boolean;
  /** Whether whoever looks at it may change it. */
  may: boolean;
  error: unknown;
  isPending: boolean;
  submitLabel: string;
  submit: () => void;
  /** Sections between the events and the limits. */
  access?: ReactNode;
  /** Said beside the button. */
  said?: ReactNode;
  /** Below the preview. */
  beside?: ReactNode;
}

/** The form of an endpoint, and beside it what it comes to. */
export function EndpointForm(props: EndpointFormProps): ReactNode {
  const { tenant, draft, may, error, submit, beside } = props;
  return (
    <div className="endpoint-form">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <fieldset disabled={!may} className="plain">
          <Sections {...props} />
        </fieldset>
      </form>
      {may && (
        <aside className="endpoint-aside">
          <Stack gap="lg">
            <Preview tenant={tenant} draft={draft} />
            {beside}
          </Stack>
        </aside>
      )}
      {!may && error !== null && <ProblemNotice error={error} />}
    </div>
  );
}

function Sections(props: EndpointFormProps): ReactNode {
  const { tenant, draft, set, isNew, may, error, isPending, submitLabel, access, said } = props;
  const texts = useOwnTexts(ownForm);
  const [unreadable, setUnreadable] = useState<readonly string[]>([]);
  const part = { tenant, draft, set, errors: fieldErrorsOf(error) };
  const reading = (name: string) => (isReadable: boolean) => {
    setUnreadable((names) => [...names.filter((one) => one !== name), ...(isReadable ? [] : [name])]);
  };
  return (
    <Stack gap="lg">
      <Section title={texts.sections.where}>
        <WhereFields {...part} isNew={isNew} />
      </Section>
      <Section title={texts.sections.events}>
        <EventFields {...part} />
      </Section>
      <Section title={texts.sections.filter}>
        <FilterFields {...part} setReadable={reading('filter')} />
      </Section>
      {access !== undefined && <Section title={texts.sections.access}>{access}</Section>}
      <Section title={texts.sections.limits}>
        <LimitFields {...part} />
      </Section>
      <Section title={texts.sections.retries}>
        <ScheduleFields {...part} setReadable={reading('schedule')} />
      </Section>
      <Section title={texts.sections.more}>
        <MoreFields {...part} />
      </Section>
      {error !== null && !isAllShown(error, DRAFT_FIELDS) && <ProblemNotice error={error} />}
      {error !== null && isAllShown(error, DRAFT_FIELDS) && (
        <WrongFields count={Object.keys(part.errors).length} />
      )}
      {may && (
        <Group gap="sm">
          <Button type="submit" loading={isPending} disabled={unreadable.length > 0}>
            {submitLabel}
          </Button>
          {said}
        </Group>
      )}
    </Stack>
  );
}

function WrongFields({ count }: { count: number }): ReactNode {
  const texts = useOwnTexts(ownForm);
  return (
    <Text size="sm" className="tone-bad" role="alert">
      {texts.wrongFields(count)}
    </Text>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <section className="form-section">
      <Title order={2} size="h4" mb="xs">
        {title}
      </Title>
      {children}
    </section>
  );
}
