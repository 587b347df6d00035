/** Parts of the settings, in their order. */
export const SETTINGS_TABS = [
  'tenant',
  'users',
  'keys',
  'credentials',
  'signOn',
  'portals',
  'privacy',
  'account',
] as const;
export type SettingsTab = (typeof SETTINGS_TABS)[number];
