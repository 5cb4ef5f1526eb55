/** How many letters have to be added, removed or changed to make one word of another. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (const [at, counterpart] of [...other].entries()) {
      const changed = (row[at] ?? 0) + (letter === counterpart ? 0 : 1);
      next.push(Math.min(changed, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** The known word that a mistyped one is nearest to, at most two letters away; `undefined` where none is. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const near = known.map((name) => ({ name, away: distance(word, name) })).sort((a, b) => a.away - b.away);
  const [first] = near;
  return first !== undefined && first.away <= Math.min(2, Math.floor(word.length / 2)) ? first.name : undefined;
}
