import type { ReactNode } from 'react';
import type { ReceiptDto } from '../api/operations';
import { TextLink } from '../app/text-link';
import { TimeText } from '../list/time-text';
import { useConnectionTexts } from './connection-texts';
import { RECEIPT_TONES } from './receipt-tones';

interface ReceiptRowsProps {
  tenant: string;
  id: string;
  receipts: readonly ReceiptDto[];
}

/** A few webhooks, each a link. */
export function ReceiptRows({ tenant, id, receipts }: ReceiptRowsProps): ReactNode {
  const { receipts: texts } = useConnectionTexts();
  return (
    <table className="rows">
      <thead>
        <tr>
          <th>{texts.came}</th>
          <th>{texts.route}</th>
          <th>{texts.state}</th>
          <th className="wide">{texts.reason}</th>
        </tr>
      </thead>
      <tbody>
        {receipts.map((receipt) => (
          <tr key={receipt.id}>
            <td>
              <TextLink
                size="sm"
                to="/t/$tenant/connections/$connectionId"
                params={{ tenant, connectionId: id }}
                search={{ tab: 'receipts', receipt: receipt.id }}
              >
                <TimeText at={receipt.receivedAt} exact />
              </TextLink>
            </td>
            <td>
              <bdi>{receipt.route}</bdi>
            </td>
            <td className={RECEIPT_TONES[receipt.state]}>{texts.states[receipt.state]}</td>
            <td className="wide">
              <bdi>{receipt.reason}</bdi>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
