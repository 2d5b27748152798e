// The same keys, row by row, plain and with shift, in the standard US and the standard Ukrainian (enhanced) layout.
const US = ["qwertyuiop[]\\", "asdfghjkl;'", "zxcvbnm,./`", "QWERTYUIOP{}|", 'ASDFGHJKL:"', "ZXCVBNM<>?~"].join("");
const UKRAINIAN = ["йцукенгшщзхїґ", "фівапролджє", "ячсмитьбю.'", "ЙЦУКЕНГШЩЗХЇҐ", "ФІВАПРОЛДЖЄ", "ЯЧСМИТЬБЮ,ʼ"].join(
  "",
);

const pairs = (from: string, to: string): Map<string, string> =>
  new Map(Array.from(from, (key, at) => [key, to.charAt(at)]));
const TO_UKRAINIAN = pairs(US, UKRAINIAN);
const TO_US = pairs(UKRAINIAN, US);

/** A text as it would have come out with the other keyboard layout on: `Itdxtyrj` is Шевченко typed with the Latin one on.
 *  Undefined when a key has no letter in the other layout or the text mixes both alphabets. */
export function otherLayout(text: string): string | undefined {
  const cyrillic = /\p{Script=Cyrillic}/u.test(text);
  if (cyrillic && /[a-z]/i.test(text)) return undefined;
  const table = cyrillic ? TO_US : TO_UKRAINIAN;
  const keys = Array.from(text, (letter) => (/[\s\d-]/.test(letter) ? letter : table.get(letter)));
  return keys.includes(undefined) ? undefined : keys.join("");
}
