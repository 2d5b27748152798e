export {
  clinicOfMember,
  clinicsOfPerson,
  endTypes,
  insertMembership,
  insertRoute,
  insertTypes,
  membershipOf,
  membersWithTypes,
  setMembershipState,
} from "./queries.ts";
