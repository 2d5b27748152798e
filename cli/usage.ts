/** The command is written wrongly; its usage is shown, and it ends with 2. */
export class UsageProblem extends Error {}
