/** Whether one of these beginnings of words stands in a text. Case, apostrophes and runs of blanks do not matter. */
export function hasStem(text: string, stems: readonly string[]): boolean {
  const plain = ` ${text
    .normalize("NFC")
    .toLocaleLowerCase("uk")
    .replace(/[’ʼ`']/g, "")
    .replace(/\s+/g, " ")}`;
  return stems.some((stem) => new RegExp(`(?<!\\p{L})${stem.replace(/[’ʼ`']/g, "")}`, "u").test(plain));
}
