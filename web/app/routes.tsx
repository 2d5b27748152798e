import { createRootRoute, createRoute, createRouter, Outlet, redirect } from "@tanstack/react-router";
import { lazy } from "react";
import { ClinicFrame } from "./frame.tsx";
import { isDemo } from "./mode.ts";
import { NotTherePage } from "./not-there.tsx";
import { SignInPage } from "./sign-in-page.tsx";
import { StartPage } from "./start-page.tsx";

const KitRoute = lazy(() => import("./kit-route.tsx").then((module) => ({ default: module.KitRoute })));

const SignUpPage = lazy(() => import("./door-pages.tsx").then((module) => ({ default: module.SignUpPage })));
const AcceptPage = lazy(() => import("./door-pages.tsx").then((module) => ({ default: module.AcceptPage })));

const root = createRootRoute({ component: Outlet, notFoundComponent: NotTherePage });
const clinic = createRoute({
  getParentRoute: () => root,
  path: "/c/$slug",
  component: ClinicFrame,
  notFoundComponent: NotTherePage,
});

type Loading = Parameters<typeof lazy>[0];
const screen = (path: string, load: Loading) =>
  createRoute({ getParentRoute: () => clinic, path, component: lazy(load) });

/** Screens of the staff app, each in a chunk of its own. */
const screens = [
  screen("/", () => import("#product/control/home/screens/home.tsx").then((m) => ({ default: m.HomeScreen }))),
  screen("/tasks", () => import("#product/control/tasks/screens/tasks.tsx").then((m) => ({ default: m.TasksScreen }))),
  screen("/incidents", () =>
    import("#product/control/incidents/screens/register.tsx").then((m) => ({ default: m.RegisterScreen })),
  ),
  screen("/incidents/new", () =>
    import("#product/control/incidents/screens/report.tsx").then((m) => ({ default: m.ReportScreen })),
  ),
  screen("/incidents/$code", () =>
    import("#product/control/incidents/screens/case.tsx").then((m) => ({ default: m.CaseScreen })),
  ),
  screen("/incidents/$code/actions", () =>
    import("#product/control/incidents/screens/case.tsx").then((m) => ({ default: m.CaseActionsScreen })),
  ),
  screen("/incidents/$code/path", () =>
    import("#product/control/path/screens/path.tsx").then((m) => ({ default: m.PathScreen })),
  ),
  screen("/indicators", () =>
    import("#product/control/indicators/screens/indicators.tsx").then((m) => ({ default: m.IndicatorsScreen })),
  ),
  screen("/indicators/$code", () =>
    import("#product/control/indicators/screens/indicator.tsx").then((m) => ({ default: m.IndicatorScreen })),
  ),
  screen("/actions", () =>
    import("#product/control/actions/screens/list.tsx").then((m) => ({ default: m.ActionsScreen })),
  ),
  screen("/actions/new", () =>
    import("#product/control/actions/screens/new.tsx").then((m) => ({ default: m.NewActionScreen })),
  ),
  screen("/actions/$code", () =>
    import("#product/control/actions/screens/action.tsx").then((m) => ({ default: m.ActionScreen })),
  ),
  screen("/feedback", () =>
    import("#product/feedback/surveys/screens/feedback.tsx").then((m) => ({ default: m.FeedbackScreen })),
  ),
  screen("/visits", () =>
    import("#product/clinic/visits/screens/visits.tsx").then((m) => ({ default: m.VisitsScreen })),
  ),
  screen("/members", () =>
    import("#product/clinic/members/screens/members.tsx").then((m) => ({ default: m.MembersScreen })),
  ),
  screen("/import", () => import("./imports-page.tsx").then((m) => ({ default: m.ImportsPage }))),
  screen("/jobs", () => import("#product/clinic/jobs/screens/jobs.tsx").then((m) => ({ default: m.JobsScreen }))),
  screen("/me", () => import("./account-page.tsx").then((m) => ({ default: m.AccountPage }))),
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
      validateSearch: (search: Record<string, unknown>): { to?: string; locked?: "yes" } => ({
        ...(typeof search["to"] === "string" ? { to: search["to"] } : {}),
        ...(search["locked"] === "yes" ? { locked: "yes" } : {}),
      }),
    }),
    createRoute({ getParentRoute: () => root, path: "/sign-up", component: SignUpPage }),
    createRoute({ getParentRoute: () => root, path: "/l/$token", component: AcceptPage }),
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
