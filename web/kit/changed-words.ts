/** A run of words that both texts share, or that only this one has. */
export type WordRun = { text: string; changed: boolean };

/** Above this many word pairs the table of comparison would be felt; then all of the text counts as changed. */
const mostPairs = 4_000_000;

/**
 * Splits `text` into runs, marking the words that are not in the longest common word sequence with `other`.
 * The runs joined give `text` again, character by character.
 */
export function changedWords(text: string, other: string): WordRun[] {
  const [words, others] = [text.match(/\s*\S+\s*$|\s*\S+/g) ?? [], other.match(/\S+/g) ?? []];
  if (words.length === 0) return text === "" ? [] : [{ text, changed: text !== other }];
  if (words.length * others.length > mostPairs) return [{ text, changed: true }];
  const bare = words.map((word) => word.trim());
  const kept = commonWords(bare, others);
  const runs: WordRun[] = [];
  words.forEach((word, at) => {
    const changed = !kept.has(at);
    const last = runs.at(-1);
    if (last && last.changed === changed) last.text += word;
    else runs.push({ text: word, changed });
  });
  return runs;
}

/** Places in `words` that belong to one longest common subsequence with `others`. */
function commonWords(words: readonly string[], others: readonly string[]): Set<number> {
  const width = others.length + 1;
  const longest = new Uint32Array((words.length + 1) * width);
  const at = (row: number, column: number) => longest[row * width + column] ?? 0;
  for (let row = words.length - 1; row >= 0; row--)
    for (let column = others.length - 1; column >= 0; column--)
      longest[row * width + column] =
        words[row] === others[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
  const kept = new Set<number>();
  for (let row = 0, column = 0; row < words.length && column < others.length;) {
    if (words[row] === others[column]) {
      kept.add(row++);
      column++;
    } else if (at(row + 1, column) >= at(row, column + 1)) row++;
    else column++;
  }
  return kept;
}
