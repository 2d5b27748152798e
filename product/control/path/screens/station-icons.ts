import type { IconType } from "#web/kit/icon.tsx";
import {
  IconAlertTriangle,
  IconAntennaBars5,
  IconChartLine,
  IconCircleCheck,
  IconFileCheck,
  IconMailCheck,
  IconMessageCircle,
  IconRotate,
  IconTargetArrow,
  IconUserCheck,
  IconZoomQuestion,
} from "@tabler/icons-react";

const icons = new Map<string, IconType>([
  ["response", IconMessageCircle],
  ["signal", IconAntennaBars5],
  ["incident", IconAlertTriangle],
  ["triage", IconUserCheck],
  ["cause", IconZoomQuestion],
  ["action", IconTargetArrow],
  ["evidence", IconFileCheck],
  ["effect", IconChartLine],
  ["answer", IconMailCheck],
  ["close", IconCircleCheck],
  ["reopen", IconRotate],
]);

/** The sign of a kind of step; the same in the row of circles and in the story. */
export const stationIcons = (kind: string): IconType => icons.get(kind) ?? IconCircleCheck;
