import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../app/root-route';
import { choiceIn, onlySet, textIn } from '../list/read-filters';
import { AGENT_VIEWS, type AgentView } from './agent-views';

/** Outside the shell: a window of its own, or a frame in a CRM. */
export const agentRoutes = [
  createRoute({
    getParentRoute: () => root,
    path: '/agent',
    validateSearch: (search: Record<string, unknown>): { t?: string; view?: AgentView; dial?: string } =>
      onlySet({
        /** Of several tenants: which. */
        t: textIn(search, 't'),
        view: choiceIn(search, 'view', AGENT_VIEWS),
        /** A number to begin with; with a `tel:` in front when the browser leads here from a link of another page. */
        dial: textIn(search, 'dial')?.replace(/^tel:/i, ''),
      }),
    component: lazyRouteComponent(() => import('./agent-page'), 'AgentPage'),
  }),
] as const;
