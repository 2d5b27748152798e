import type { UserType } from "#core/access/rights.ts";
import { holds, type Right } from "#core/access/rights.ts";
import type { IconType } from "#web/kit/icon.tsx";
import {
  IconAlertTriangle,
  IconChartLine,
  IconFileImport,
  IconHome,
  IconListCheck,
  IconMessageCircle,
  IconRefreshAlert,
  IconStethoscope,
  IconTarget,
  IconUsers,
} from "@tabler/icons-react";

const words = {
  uk: {
    control: "Контроль",
    clinic: "Заклад",
    feedbackGroup: "Відгуки й мотивація",
    figures: "Показники",
    home: "Головна",
    tasks: "Мої завдання",
    tasksShort: "Завдання",
    incidents: "Події",
    actions: "Дії",
    feedback: "Відгуки",
    indicators: "Індикатори",
    visits: "Візити",
    import: "Імпорт",
    members: "Люди",
    jobs: "Системні роботи",
  },
  en: {
    control: "Control",
    clinic: "Clinic",
    feedbackGroup: "Feedback and motivation",
    figures: "Figures",
    home: "Home",
    tasks: "My tasks",
    tasksShort: "Tasks",
    incidents: "Incidents",
    actions: "Actions",
    feedback: "Feedback",
    indicators: "Indicators",
    visits: "Visits",
    import: "Import",
    members: "People",
    jobs: "System jobs",
  },
};
export const placeWords = words;

type Name =
  | "home"
  | "tasks"
  | "visits"
  | "incidents"
  | "actions"
  | "feedback"
  | "indicators"
  | "import"
  | "members"
  | "jobs";
export type Place = {
  name: Name;
  path: string;
  icon: IconType;
  right: Right;
  group?: "control" | "clinic" | "feedbackGroup" | "figures";
};

/** Every place of the staff app in rail order; who lacks the right does not see it. */
export const places: readonly Place[] = [
  { name: "home", path: "", icon: IconHome, right: "signal:read" },
  { name: "tasks", path: "/tasks", icon: IconListCheck, right: "task:read" },
  { name: "visits", path: "/visits", icon: IconStethoscope, right: "visit:read", group: "clinic" },
  { name: "members", path: "/members", icon: IconUsers, right: "member:invite", group: "clinic" },
  { name: "import", path: "/import", icon: IconFileImport, right: "import:run", group: "clinic" },
  { name: "jobs", path: "/jobs", icon: IconRefreshAlert, right: "job:read", group: "clinic" },
  { name: "incidents", path: "/incidents", icon: IconAlertTriangle, right: "incident:read", group: "control" },
  { name: "actions", path: "/actions", icon: IconTarget, right: "action:read", group: "control" },
  { name: "feedback", path: "/feedback", icon: IconMessageCircle, right: "survey:read", group: "feedbackGroup" },
  { name: "indicators", path: "/indicators", icon: IconChartLine, right: "indicator:read", group: "figures" },
];

export const placesOf = (types: readonly UserType[]): Place[] => places.filter((place) => holds(types, place.right));

/** Where a person lands: home for those who have one, else their tasks. */
export const startOf = (types: readonly UserType[]): string => placesOf(types)[0]?.path ?? "/tasks";
