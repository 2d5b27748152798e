/** Which children are hidden in the manner of the NHS Friends and Family Test, for comparing with its published figures only:
 *  a reader who knows the rule recovers about one small number in twenty exactly (4 + 4 + 4 of 12). Screens use `hideChildren`.
 *  counts: whole, ≥ 0; parentHidden: whether the parent itself is hidden, then its two smallest children are.
 *  1 to threshold − 1 is hidden, zero is not; a single hidden child hides the next smallest that is not zero. Returns one flag a child.
 *  Source: NHS England, Friends and Family Test guidance. */
export function hideChildrenAsNhs(counts: readonly number[], threshold: number, parentHidden: boolean): boolean[] {
  const bySize = [...counts.keys()]
    .sort((a, b) => (counts[a] ?? 0) - (counts[b] ?? 0))
    .filter((at) => counts[at] !== 0);
  const hidden = new Set(bySize.filter((at) => (counts[at] ?? 0) < threshold));
  if (hidden.size === 1 || parentHidden) for (const at of bySize.slice(0, 2)) hidden.add(at);
  return counts.map((_, at) => hidden.has(at));
}
