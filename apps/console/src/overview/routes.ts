import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../app/shell-route';
import { choiceIn, onlySet } from '../list/read-filters';

/** How far back the charts look. */
export const SPANS = ['day', 'week'] as const;
export type Span = (typeof SPANS)[number];

export const overviewRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/t/$tenant/overview',
    validateSearch: (search): { span?: 'day' } => onlySet({ span: choiceIn(search, 'span', ['day']) }),
    component: lazyRouteComponent(() => import('./overview-page'), 'OverviewPage'),
  }),
] as const;
