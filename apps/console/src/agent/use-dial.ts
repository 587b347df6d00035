import { useMutation, useQuery, type UseMutationResult } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { ask, type AnswerOf } from '../api/ask';

export type OwnPhone = AnswerOf<'ownOrders.phones'>['data'][number];

export interface Dialling {
  phones: readonly OwnPhone[] | undefined;
  phone: OwnPhone | undefined;
  usePhone: (extension: string) => void;
  call: UseMutationResult<'ordered' | 'called', Error, string>;
}

const Context = createContext<Dialling | undefined>(undefined);
export const DiallingProvider = Context.Provider;

/** Calling somebody from the agent's own phone, from wherever on the page a number stands. */
export function useDialling(): Dialling {
  const dialling = useContext(Context);
  if (dialling === undefined) throw new Error('No phone is around this.');
  return dialling;
}

/** @param chosen  the extension that is to ring first; the first one where nothing was chosen */
export function useOwnPhones(tenant: string, chosen: string | null): Pick<Dialling, 'phones' | 'phone'> {
  const { data } = useQuery({
    queryKey: ['phones', tenant],
    queryFn: ({ signal }) => ask('ownOrders.phones', { tenant, signal }),
    staleTime: 60_000,
  });
  const phones = data?.data;
  const phone = phones?.find(({ extension }) => extension === chosen) ?? phones?.[0];
  return { phones, phone };
}

/**
 * What was typed as one types it on a phone is called by the phone in the page, where there is one. A number of a contact, which
 * the server brings into the PBX's form, is ordered there: the phone rings first.
 *
 * @param byPhone  has the phone in the page call; null where there is none, or it is not registered
 */
export function useOwnDialling(
  tenant: string,
  { phones, phone, usePhone }: Pick<Dialling, 'phones' | 'phone' | 'usePhone'>,
  byPhone: ((number: string) => void) | null,
): Dialling {
  const call = useMutation<'ordered' | 'called', Error, string>({
    mutationFn: async (to) => {
      if (byPhone !== null && !to.startsWith('+')) {
        byPhone(to);
        return 'called';
      }
      const from = phone && { connectionId: phone.connectionId, extension: phone.extension };
      await ask('ownOrders.place', { body: { to, ...from }, tenant });
      return 'ordered';
    },
  });
  return { phones, phone, usePhone, call };
}
