/** Roots that most guessed passwords are made of: keyboard walks, years, the product, the trade; Ukrainian words in their own
 *  letters, transliterated and typed on the other layout. A password that is one of these with a few digits or signs around it
 *  is refused. The shipped list of breached passwords comes beside it later and changes nothing here. */
const roots = [
  "password",
  "passw0rd",
  "qwerty",
  "qwertyuiop",
  "qwertyui",
  "asdfghjkl",
  "zxcvbnm",
  "йцукен",
  "йцукенгшщз",
  "фівапролдж",
  "ячсмить",
  "123456789",
  "1234567890",
  "987654321",
  "abcdefgh",
  "admin",
  "administrator",
  "welcome",
  "letmein",
  "iloveyou",
  "monkey",
  "dragon",
  "football",
  "клініка",
  "klinika",
  "rksysrf",
  "лікар",
  "likar",
  "ksrfh",
  "лікарня",
  "likarnia",
  "kyiv",
  "київ",
  "lviv",
  "львів",
  "ukraine",
  "ukraina",
  "україна",
  "erhfsyf",
  "slavaukraini",
  "слава",
  "пароль",
  "parol",
  "gfhjkm",
  "qms",
  "калина",
  "kalyna",
  "rfkbyf",
  "doctor",
  "medical",
  "hospital",
  "health",
];

const plain = (text: string): string => text.normalize("NFKC").toLowerCase();

/** Whether a new password is one of the expected ones. */
export function isCommon(password: string): boolean {
  const text = plain(password);
  if (/^(.)\1+$/u.test(text) || /^(..?.?)\1{3,}$/u.test(text)) return true;
  const letters = text.replace(/[\d\s!@#$%^&*()_+=\-.,;:'"?]/gu, "");
  const digits = text.replace(/\D/g, "");
  if (roots.includes(text)) return true;
  // "Клініка2026!!" and the like: a root, and at most eight digits or signs around it
  return (
    roots.some((root) => letters === root || letters === root + root) &&
    text.length - letters.length <= Math.max(8, digits.length)
  );
}
