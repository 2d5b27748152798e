import { holds } from "#core/access/rights.ts";
import { lockSession, readMe, signOut } from "#product/identity/sign-in/contract.ts";
import { listTasks } from "#product/control/tasks/contract.ts";
import { demoRoster } from "#product/demo/words.ts";
import { call, session } from "#web/client/api.ts";
import { ClinicProvider, queries, useLoaded, useMaybe } from "#web/client/hooks.ts";
import type { SessionEnd } from "#web/client/session-answer.ts";
import { useLive } from "#web/client/live.ts";
import { Drafts } from "#web/kit/drafts.ts";
import { useLanguage } from "#web/kit/language.tsx";
import { OfflineBar } from "#web/kit/offline-bar.tsx";
import { useWords } from "#web/kit/words.ts";
import { IconAlertTriangle, IconStethoscope, IconTarget } from "@tabler/icons-react";
import { Outlet, useNavigate, useParams, useRouter } from "@tanstack/react-router";
import { useContext, useEffect, useState, useSyncExternalStore } from "react";
import { Boundary } from "./boundary.tsx";
import { DraftsProvider, LeaveDialog } from "./drafts.tsx";
import { isDemo } from "./mode.ts";
import { MeProvider, useMe, useTypes } from "./person.tsx";
import { placesOf, placeWords } from "./places.tsx";
import { usePreferences } from "./preferences.tsx";
import { Shell } from "./shell.tsx";
import type { MenuEntry, PaletteGroup } from "./shell-types.ts";
import { becomeDemo } from "./sign-in-page.tsx";

const words = {
  uk: {
    incident: "Повідомити про подію",
    action: "Запропонувати дію",
    visit: "Новий візит",
    go: "Перейти",
    run: "Зробити",
    clinic: "Заклад",
  },
  en: {
    incident: "Report an incident",
    action: "Propose an action",
    visit: "New visit",
    go: "Go to",
    run: "Do",
    clinic: "Clinic",
  },
};

const online = () => navigator.onLine;
const watchOnline = (tell: () => void) => {
  addEventListener("online", tell);
  addEventListener("offline", tell);
  return () => {
    removeEventListener("online", tell);
    removeEventListener("offline", tell);
  };
};

/** A clinic's pages: who is signed in, live changes, and the shell around whatever screen is open. */
export function ClinicFrame() {
  const { slug } = useParams({ strict: false });
  const navigate = useNavigate();
  const router = useRouter();
  const [ready, setReady] = useState(false);
  useEffect(() => {
    let stop = () => {};
    void session().then((client) => {
      // the address at the moment the session ends, not the one that was opened first
      const away = (why: SessionEnd) => {
        // nothing of the person stays in the page: neither what was loaded nor the key of their texts
        queries.clear();
        void navigate({
          to: "/sign-in",
          search: { to: router.state.location.href, ...(why === "locked" ? { locked: "yes" as const } : {}) },
        });
      };
      stop = client.onEnd(away);
      if (client.isOpen()) setReady(true);
      else away("none");
    });
    return () => stop();
  }, [navigate, router]);
  if (!ready || !slug) return null;
  return (
    <ClinicProvider value={slug}>
      <Boundary>
        <Inside slug={slug} />
      </Boundary>
    </ClinicProvider>
  );
}

function Inside({ slug }: { slug: string }) {
  const me = useLoaded(readMe);
  useLive(slug, me.session.id);
  return (
    <MeProvider value={me}>
      <DraftsProvider>
        <Framed slug={slug} />
      </DraftsProvider>
    </MeProvider>
  );
}

function Framed({ slug }: { slug: string }) {
  const me = useMe();
  const types = useTypes();
  const { language } = useLanguage();
  const t = useWords(words);
  const names = useWords(placeWords);
  const preferences = usePreferences();
  const navigate = useNavigate();
  const isOnline = useSyncExternalStore(watchOnline, online);
  const tasks = useMaybe(listTasks, {}, types.length > 0);
  const open = (path: string) => void navigate({ href: `/c/${slug}${path}` });
  const clinic = me.clinics.find((one) => one.slug === slug);
  const nav = placesOf(types).map((place) => ({
    ...(place.group ? { group: names[place.group] } : {}),
    label: names[place.name],
    icon: place.icon,
    to: `/c/${slug}${place.path}`,
    ...(place.name === "tasks" && tasks && tasks.tasks.length > 0 ? { count: tasks.tasks.length } : {}),
  }));
  // the third place under the thumb is the role's own: the cases, for who leads them
  const third = holds(types, "incident:triage") ? `/c/${slug}/incidents` : nav[2]?.to;
  const phoneNav = [...nav.slice(0, 2), ...nav.filter(({ to }) => to === third)].map((item) =>
    item.to === `/c/${slug}/tasks` ? { ...item, label: names.tasksShort } : item,
  );
  const create = [
    ...(holds(types, "visit:open")
      ? [{ key: "visit", label: t.visit, icon: IconStethoscope, run: () => open("/visits?new=yes") }]
      : []),
    ...(holds(types, "incident:report")
      ? [{ key: "incident", label: t.incident, icon: IconAlertTriangle, run: () => open("/incidents/new") }]
      : []),
    ...(holds(types, "action:create")
      ? [{ key: "action", label: t.action, icon: IconTarget, run: () => open("/actions/new") }]
      : []),
  ];
  const drafts = useContext(Drafts);
  const [asking, setAsking] = useState(false);
  const leave = async (route: typeof lockSession | typeof signOut) => {
    await call(route, { body: {} }).catch(() => undefined);
    await (await session()).end(route === lockSession ? "locked" : "none");
    queries.clear();
  };
  const overdue = tasks?.tasks.filter((task) => task.group === "overdue").length ?? 0;
  return (
    <Shell
      clinic={{
        name: clinic?.name ?? slug,
        ...(me.clinics.length > 1 ? { onSwitch: () => void navigate({ to: "/" }) } : {}),
      }}
      nav={nav}
      phoneNav={phoneNav}
      person={{ name: me.person.name, onOpen: () => open("/me") }}
      bell={{ count: overdue, onOpen: () => open("/tasks") }}
      create={create}
      preferences={preferences}
      onLock={() => void leave(lockSession)}
      onSignOut={() => (drafts.count() > 0 ? setAsking(true) : void leave(signOut))}
      find={(query) => found(query, { nav, create, open, go: t.go, run: t.run })}
      {...(isDemo()
        ? {
            demo: {
              people: demoRoster.map((one) => ({ id: one.as, name: one.name[language], role: one.position[language] })),
              current: demoRoster.find((one) => one.name.uk === me.person.name)?.as ?? "",
              onBecome: (as: string) => void becomeDemo(as),
            },
          }
        : {})}
      notice={isOnline ? undefined : <OfflineBar kept={0} />}
    >
      <Boundary key={me.person.id}>
        <Outlet />
      </Boundary>
      {asking && (
        <LeaveDialog
          count={drafts.count()}
          onLock={() => void leave(lockSession)}
          onSignOut={() => void leave(signOut)}
          onClose={() => setAsking(false)}
        />
      )}
    </Shell>
  );
}

type Findable = {
  nav: readonly { label: string; icon: PaletteGroup["entries"][number]["icon"]; to: string }[];
  create: readonly MenuEntry[];
  open: (path: string) => void;
  go: string;
  run: string;
};

/** Places and commands by words, commands alone after `>`, and a case or an action by its code. */
function found(query: string, { nav, create, open, go, run }: Findable): PaletteGroup[] {
  const onlyCommands = query.trim().startsWith(">");
  const wanted = query.trim().replace(/^>/, "").trim().toLocaleLowerCase("uk");
  const fits = (label: string) => label.toLocaleLowerCase("uk").includes(wanted);
  const code = /^#?(inc|act)-?(\d+)$/i.exec(wanted);
  const direct = code
    ? [
        {
          id: "code",
          label: `${code[1]?.toUpperCase()}-${code[2]?.padStart(4, "0")}`,
          run: () =>
            open(
              `/${code[1]?.toLowerCase() === "inc" ? "incidents" : "actions"}/${code[1]?.toUpperCase()}-${code[2]?.padStart(4, "0")}`,
            ),
        },
      ]
    : [];
  const places = nav
    .filter((item) => fits(item.label))
    .map((item) => ({
      id: item.to,
      label: item.label,
      ...(item.icon ? { icon: item.icon } : {}),
      run: () => open(item.to.replace(/^\/c\/[^/]+/, "")),
    }));
  const commands = create
    .filter((item) => fits(item.label))
    .map((item) => ({
      id: item.key,
      label: item.label,
      ...(item.icon ? { icon: item.icon } : {}),
      run: item.run,
    }));
  return [
    { label: go, entries: onlyCommands ? [] : [...direct, ...places] },
    { label: run, entries: commands },
  ].filter((group) => group.entries.length > 0);
}
