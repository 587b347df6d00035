import { isolated } from '../texts/isolated';

const en = {
  times: (zone: string) => `Times: ${isolated(zone)}`,
  zones: { tenant: "The tenant's zone", utc: 'UTC', own: 'My own zone' },
};

const he: typeof en = {
  times: (zone) => `זמנים: ${isolated(zone)}`,
  zones: { tenant: 'אזור הזמן של הארגון', utc: 'UTC', own: 'אזור הזמן שלי' },
};

export const own = { en, he };
