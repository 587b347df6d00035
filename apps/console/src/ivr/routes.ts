import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../app/shell-route';
import { choiceIn, flagIn, onlySet, textIn } from '../list/read-filters';

export const FLOW_VIEWS = ['diagram', 'outline', 'json'] as const;
export type FlowView = (typeof FLOW_VIEWS)[number];

export interface FlowSearch {
  view?: FlowView;
  /** What is chosen in the flow, by its place in the document. */
  item?: string;
  /** The phone is open. */
  try?: true;
}

export const ivrRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/t/$tenant/ivr',
    component: lazyRouteComponent(() => import('./flows-page'), 'FlowsPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/t/$tenant/ivr/$flowId',
    validateSearch: (search): FlowSearch =>
      onlySet({
        view: choiceIn(search, 'view', FLOW_VIEWS),
        item: textIn(search, 'item'),
        try: flagIn(search, 'try'),
      }),
    component: lazyRouteComponent(() => import('./flow-page'), 'FlowPage'),
  }),
] as const;
