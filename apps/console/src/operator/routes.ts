import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../app/shell-route';
import { choiceIn, onlySet, textIn } from '../list/read-filters';

/** What operators look after; tenants are what the address without one shows. */
export const TABS = ['tenants', 'installation', 'people', 'keys', 'audit'] as const;
export type Tab = (typeof TABS)[number];

export interface OperatorSearch {
  tab?: Tab;
  search?: string;
}

export const operatorRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/operator',
    validateSearch: (search): OperatorSearch =>
      onlySet({ tab: choiceIn(search, 'tab', TABS), search: textIn(search, 'search') }),
    component: lazyRouteComponent(() => import('./operator-page'), 'OperatorPage'),
  }),
] as const;
