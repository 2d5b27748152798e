/** What a blind index can be of. */
export type IdentifierKind =
  | "email"
  | "phone"
  | "login"
  | "rnokpp"
  | "unzr"
  | "passport-book"
  | "passport-card"
  | "birth-certificate"
  | "foreign"
  | "insurer"
  | "other-system";

/** The one spelling of an identifier, or undefined for a text that cannot be one. A login is an e-mail address or a phone. */
export function normalise(kind: IdentifierKind, value: string): string | undefined {
  switch (kind) {
    case "email":
      return normaliseEmail(value);
    case "phone":
      return normalisePhone(value);
    case "login":
      return value.includes("@") ? normaliseEmail(value) : normalisePhone(value);
    case "rnokpp":
      return normaliseRnokpp(value);
    case "passport-book":
    case "birth-certificate":
      return letters(cyrillicLetters(value));
    case "unzr":
    case "passport-card":
      return digitsOf(value, 1);
    case "foreign":
    case "insurer":
    case "other-system":
      return letters(value);
    default:
      return kind satisfies never;
  }
}

/** An e-mail address: NFKC, no blanks around, small letters, one @ with something on both sides. Small letters before the @ as
 *  well: no provider people use tells them apart, and two accounts that differ by a capital are a mistake. */
export function normaliseEmail(value: string): string | undefined {
  const plain = value.normalize("NFKC").trim().toLowerCase();
  return /^[^\s@]+@[^\s@]+$/u.test(plain) ? plain : undefined;
}

/** A phone number as +digits. Ukrainian numbers by our own rule first: 0XXXXXXXXX, 80XXXXXXXXX, 380XXXXXXXXX → +380XXXXXXXXX
 *  (general libraries read 80671234567 as abroad). Others keep their digits. Undefined below 3 or above 15 digits.
 *  Source: ITU-T E.164 (15 digits at most). */
export function normalisePhone(value: string): string | undefined {
  const plain = value.normalize("NFKC").trim();
  const digits = digitsOf(plain, 3);
  if (digits === undefined) return undefined;
  const national = /^(?:380|80|0)(\d{9})$/.exec(digits)?.[1];
  // With a plus or 00 the country is said: +80… is nobody's Ukrainian number.
  const abroad = plain.startsWith("+") || digits.startsWith("00");
  if (national !== undefined && (!abroad || digits.startsWith("380"))) return `+380${national}`;
  const number = digits.startsWith("00") ? digits.slice(2) : digits;
  return number.length > 15 || number.length < 3 ? undefined : `+${number}`;
}

const RNOKPP_WEIGHTS = [-1, 5, 7, 9, 4, 6, 10, 5, 7];

/** Whether ten digits end in the right check digit of the Ukrainian taxpayer number (РНОКПП). Lets through 1.7 % of single wrong
 *  digits, so the birth date (digits 1–5, days since 31.12.1899) should be compared too. Source: python-stdnum, ua.rntrc. */
export function rnokppHolds(digits: string): boolean {
  if (!/^\d{10}$/.test(digits)) return false;
  const sum = RNOKPP_WEIGHTS.reduce((total, weight, at) => total + weight * Number(digits.charAt(at)), 0);
  return (((sum % 11) + 11) % 11) % 10 === Number(digits.charAt(9));
}

/** Ten digits of a taxpayer number. Spreadsheets drop the leading zero of births before 1927: nine digits are padded if the check
 *  digit then holds. A wrong check digit is kept: it is a warning, not a refusal. */
function normaliseRnokpp(value: string): string | undefined {
  const digits = digitsOf(value, 1);
  return digits?.length === 9 && rnokppHolds(`0${digits}`) ? `0${digits}` : digits;
}

function digitsOf(value: string, fewest: number): string | undefined {
  const digits = value.normalize("NFKC").replace(/\D/g, "");
  return digits.length < fewest ? undefined : digits;
}

const LOOK_ALIKE: Readonly<Record<string, string>> = {
  A: "А", B: "В", C: "С", E: "Е", H: "Н", I: "І", K: "К", M: "М", O: "О", P: "Р", T: "Т", X: "Х", Y: "У",
}; // prettier-ignore

/** Series of Ukrainian documents are Cyrillic; many type the Latin letters that look alike. */
const cyrillicLetters = (value: string): string =>
  Array.from(value.normalize("NFKC").toUpperCase(), (letter) => LOOK_ALIKE[letter] ?? letter).join("");

function letters(value: string): string | undefined {
  const plain = value
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
  return plain === "" ? undefined : plain;
}
