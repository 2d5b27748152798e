export { commentsSince } from "./comments.ts";
export { inviteToSurvey, withdrawInvitation } from "./invite.ts";
export { raiseLowScore } from "./low-score.ts";
export { closeAnswered, closingHour, sendDueInvitations } from "./send-invitations.ts";
export { makeDefaultSurvey } from "./set-survey.ts";
export { themesOf } from "./themes.ts";
