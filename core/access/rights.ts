/** Who may do what: user types, rights and the bundles between them. Data, so that it can be shown, diffed and tested. */

export const userTypes = [
  "operator",
  "owner",
  "quality",
  "doctor",
  "nurse",
  "lab",
  "reception",
  "training",
  "expert",
  "auditor",
  "patient",
  "representative",
] as const;
export type UserType = (typeof userTypes)[number];

/** What a clinic can give to its own people; the operator and patients come in by other doors. */
export const grantableTypes = [
  "owner",
  "quality",
  "doctor",
  "nurse",
  "lab",
  "reception",
  "training",
  "expert",
  "auditor",
] as const satisfies readonly UserType[];
export type GrantableType = (typeof grantableTypes)[number];
export const isGrantable = (type: UserType): type is GrantableType => grantableTypes.some((one) => one === type);

/** Everyone who works in the clinic (experts see only what they are assigned). */
const staff = ["owner", "quality", "doctor", "nurse", "lab", "reception", "training"] as const;
const readers = [...staff, "auditor"] as const;

/** Right → user types that hold it. Deny by default: a type not listed does not hold it. */
export const bundles = {
  "clinic:read": [...readers, "expert"],
  "clinic:settings": ["owner"],
  "member:read": readers,
  "member:invite": ["owner"],
  "member:suspend": ["owner"],
  "member:grant": ["owner"],
  "task:read": [...staff, "auditor", "expert"],
  "live:read": [...readers, "expert"],
  "site:read": readers,
  "service:read": readers,
  "patient:find": ["doctor", "nurse", "lab", "reception"],
  "patient:register": ["reception", "doctor", "nurse"],
  "visit:read": ["doctor", "nurse", "lab", "reception", "quality", "auditor"],
  "visit:write": ["doctor", "nurse"],
  "visit:open": ["reception", "doctor", "nurse"],
  "import:run": ["owner", "quality"],
  "survey:read": ["owner", "quality", "auditor", "doctor", "nurse", "reception"],
  "survey:write": ["quality"],
  "response:read": ["owner", "quality", "auditor"],
  "response:handle": ["quality"],
  "incident:report": staff,
  "incident:read": ["owner", "quality", "auditor", "doctor", "nurse", "lab", "reception", "training"],
  "incident:read-restricted": ["quality"],
  "incident:triage": ["quality"],
  "incident:investigate": ["quality"],
  "incident:answer": ["quality"],
  "incident:close": ["quality"],
  "incident:reopen": ["quality", "owner"],
  "action:read": readers,
  "action:create": staff,
  "action:assign": ["quality", "owner"],
  "action:work": staff,
  "action:verify": ["quality", "owner"],
  "signal:read": ["quality", "owner", "auditor"],
  "indicator:read": readers,
  "indicator:define": ["quality"],
  "indicator:rebase": ["quality"],
  "ledger:read": ["owner", "auditor"],
  "ledger:export": ["owner"],
  "job:read": ["owner"],
  "job:retry": ["owner"],
  "rights:read": readers,
} as const satisfies Record<string, readonly UserType[]>;

export type Right = keyof typeof bundles;

export const isRight = (text: string): text is Right => text in bundles;

/** Whether one of a person's types holds the right. A dozen comparisons: cheap enough to ask on every row. */
export const holds = (types: readonly UserType[], right: Right): boolean => {
  const holders: readonly UserType[] = bundles[right];
  return types.some((type) => holders.includes(type));
};

/** Types that could give the right: for "who can grant it" on the no-right screen. */
export const holdersOf = (right: Right): readonly UserType[] => bundles[right];
