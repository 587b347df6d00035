import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../app/shell-route';
import { onlySet, textIn } from '../list/read-filters';

export const contactsRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/t/$tenant/contacts',
    validateSearch: (search): { q?: string } => onlySet({ q: textIn(search, 'q') }),
    component: lazyRouteComponent(() => import('./contacts-page'), 'ContactsPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/t/$tenant/contacts/import',
    validateSearch: (search): { id?: string } => onlySet({ id: textIn(search, 'id') }),
    component: lazyRouteComponent(() => import('./contact-import-page'), 'ContactImportPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/t/$tenant/contacts/merges',
    component: lazyRouteComponent(() => import('./merges-page'), 'MergesPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/t/$tenant/contacts/new',
    component: lazyRouteComponent(() => import('./new-contact-page'), 'NewContactPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/t/$tenant/contacts/$contactId',
    validateSearch: (search): { edit?: true; erasure?: string } =>
      onlySet({
        edit: search['edit'] === true ? (true as const) : undefined,
        erasure: textIn(search, 'erasure'),
      }),
    component: lazyRouteComponent(() => import('./contact-page'), 'ContactPage'),
  }),
] as const;
