import { createRootRoute, createRoute, createRouter, Outlet, redirect } from "@tanstack/react-router";
import { lazy } from "react";
import { ClinicFrame } from "./frame.tsx";
import { isDemo } from "./mode.ts";
import { SignInPage } from "./sign-in-page.tsx";
import { StartPage } from "./start-page.tsx";

const KitRoute = lazy(() => import("./kit-route.tsx").then((module) => ({ default: module.KitRoute })));

const root = createRootRoute({ component: Outlet, notFoundComponent: StartPage });
const clinic = createRoute({ getParentRoute: () => root, path: "/c/$slug", component: ClinicFrame });

/** Screens of the staff app, each in a chunk of its own. */
const screens = [
  createRoute({
    getParentRoute: () => clinic,
    path: "/tasks",
    component: lazy(() => import("#product/control/tasks/screens/tasks.tsx").then((m) => ({ default: m.TasksScreen }))),
  }),
];

const kit = isDemo()
  ? [
      createRoute({
        getParentRoute: () => root,
        path: "/kit",
        beforeLoad: () => {
          throw redirect({ to: "/kit/$part", params: { part: "controls" } });
        },
      }),
      createRoute({ getParentRoute: () => root, path: "/kit/$part", component: KitRoute }),
    ]
  : [];

export const router = createRouter({
  routeTree: root.addChildren([
    createRoute({ getParentRoute: () => root, path: "/", component: StartPage }),
    createRoute({
      getParentRoute: () => root,
      path: "/sign-in",
      component: SignInPage,
      validateSearch: (search: Record<string, unknown>): { to?: string } =>
        typeof search["to"] === "string" ? { to: search["to"] } : {},
    }),
    clinic.addChildren(screens),
    ...kit,
  ]),
  defaultPreload: "intent",
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
