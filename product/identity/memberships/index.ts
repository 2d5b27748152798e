export {
  clinicOfMember,
  clinicsOfPerson,
  endTypes,
  insertMembership,
  insertRoute,
  insertTypes,
  membershipOf,
  membersWithTypes,
  resumeMembership,
  setMembershipState,
} from "./queries.ts";
