import { Button, Group, Modal, NumberInput, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { NewReplayDto } from '../api/operations';
import { ProblemNotice } from '../app/problem-notice';
import { useOwnTexts, useTexts } from '../texts/language';
import { ResendCount, useResendCount } from './resend-count';
import { own } from './texts';

interface ResendButtonProps {
  label: string;
  tenant: string;
  /** Made anew when it is pressed. */
  order: () => NewReplayDto;
  /** Which ones, in words. */
  about: ReactNode;
}

/** A button that sends many deliveries again: it says how many before, and shows how it goes on after. */
export function ResendButton({ label, tenant, order, about }: ResendButtonProps): ReactNode {
  const [asked, setAsked] = useState<NewReplayDto | null>(null);
  const close = (): void => {
    setAsked(null);
  };
  const { actions } = useTexts();
  return (
    <>
      <Button
        size="xs"
        variant="default"
        onClick={() => {
          setAsked(order());
        }}
      >
        {label}
      </Button>
      <Modal
        opened={asked !== null}
        onClose={close}
        title={label}
        closeButtonProps={{ 'aria-label': actions.close }}
      >
        {asked !== null && <Asked {...{ label, tenant, about, close }} order={asked} />}
      </Modal>
    </>
  );
}

const RATE = { least: 60, most: 600_000, first: 3_000 } as const;

type AskedProps = Omit<ResendButtonProps, 'order'> & { order: NewReplayDto; close: () => void };

function Asked({ label, tenant, about, order, close }: AskedProps): ReactNode {
  const texts = useOwnTexts(own);
  const { actions } = useTexts();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [rate, setRate] = useState<number>(RATE.first);
  const count = useResendCount(tenant, order);
  const send = useMutation({
    mutationFn: () => orderNow(tenant, { ...order, ratePerMinute: rate }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['deliveries', tenant] });
      await navigate({ to: '/t/$tenant/replays/$replayId', params: { tenant, replayId: id } });
    },
  });
  return (
    <Stack>
      <div>{about}</div>
      <ResendCount query={count} />
      <NumberInput
        size="xs"
        label={texts.rate}
        min={RATE.least}
        max={RATE.most}
        allowDecimal={false}
        value={rate}
        onChange={(value) => {
          setRate(Number(value));
        }}
      />
      {send.error !== null && <ProblemNotice error={send.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          {actions.cancel}
        </Button>
        <Button
          loading={send.isPending}
          disabled={count.data === undefined || count.data.total === 0}
          onClick={() => {
            send.mutate();
          }}
        >
          {label}
        </Button>
      </Group>
    </Stack>
  );
}

/** What failed has an operation of its own. */
function orderNow(tenant: string, { kind, status, ...order }: NewReplayDto): Promise<{ id: string }> {
  return kind === 'failed'
    ? ask('deliveries.retryAll', { body: order, tenant })
    : ask('replays.create', {
        body: { ...order, kind, ...(status === undefined ? {} : { status }) },
        tenant,
      });
}
