export {
  clinicsOfPerson,
  endTypes,
  insertMembership,
  insertRoute,
  insertTypes,
  membershipOf,
  membersWithTypes,
  setMembershipState,
} from "./queries.ts";
