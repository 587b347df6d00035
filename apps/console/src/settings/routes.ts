import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../app/shell-route';
import { choiceIn, onlySet } from '../list/read-filters';
import { SETTINGS_TABS, type SettingsTab } from './settings-tabs';

export const settingsRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/t/$tenant/settings',
    validateSearch: (search: Record<string, unknown>): { tab?: SettingsTab } =>
      onlySet({ tab: choiceIn(search, 'tab', SETTINGS_TABS) }),
    component: lazyRouteComponent(() => import('./settings-page'), 'SettingsPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/account',
    component: lazyRouteComponent(() => import('./account-page'), 'AccountPage'),
  }),
] as const;
