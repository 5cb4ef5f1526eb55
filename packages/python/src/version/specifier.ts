/** One condition on a version: an operator and the numbers that it names; `*` ends them. */
interface Clause {
  readonly operator: string;
  readonly numbers: readonly number[];
  readonly wildcard: boolean;
}

const clause = /^(===?|!=|~=|>=|<=|>|<|\^|~)?\s*v?(\d+(?:\.\d+)*)(\.\*)?(?:\.?(?:a|b|rc|dev|post)\d*)?\.?\*?$/;

/**
 * The conditions of a range as PEP 440 (`>=3.11,<3.14`, `~=3.12`, `3.12.*`), Poetry (`^3.11`, `~3.12`) and asdf (`3.12.4`)
 * write them, `||` between alternatives; `undefined` for what is none of them.
 */
function parse(range: string): readonly (readonly Clause[])[] | undefined {
  const alternatives = range.split('||').map((part) =>
    part
      .split(/[\s,]+(?=[<>=!~^\d*v])/)
      .map((text) => text.trim())
      .filter((text) => text !== '' && text !== '*')
      .map((text): Clause | undefined => {
        const [, operator = '=', version, star] = clause.exec(text) ?? [];
        if (version === undefined) return undefined;
        return { operator, numbers: version.split('.').map(Number), wildcard: star !== undefined };
      }),
  );
  const known = alternatives.map((clauses) => clauses.filter((item) => item !== undefined));
  return known.every((clauses, index) => clauses.length === alternatives[index]?.length) ? known : undefined;
}

/** Whether some patch of the minor version (such as 14 of 3.14) fulfils the condition: images carry the newest patch. */
function holds({ operator, numbers, wildcard }: Clause, minor: number): boolean {
  const [major = 3, wanted, patch] = numbers;
  if (major !== 3) return major < 3 ? ['>=', '>'].includes(operator) : ['<', '<=', '!='].includes(operator);
  if (wanted === undefined) return operator !== '<' && operator !== '!=';
  switch (operator) {
    case '>=':
      return minor >= wanted;
    case '>':
      return patch === undefined ? minor > wanted : minor >= wanted;
    case '<=':
      return minor <= wanted;
    case '<':
      return patch === undefined || patch === 0 ? minor < wanted : minor <= wanted;
    case '!=':
      return !(wildcard || patch === undefined) || minor !== wanted;
    case '^':
      return minor >= wanted;
    case '~=':
      return patch === undefined ? minor >= wanted : minor === wanted;
    default: // `=`, `==`, `===`, `~`
      return minor === wanted;
  }
}

/** A test of minor versions (`3.14`) by a range; `undefined` when it can't be read. */
export function rangeTest(range: string): ((version: string) => boolean) | undefined {
  const alternatives = parse(range.trim());
  if (alternatives === undefined) return undefined;
  return (version) => {
    const minor = Number(version.split('.')[1]);
    return alternatives.some((clauses) => clauses.every((item) => holds(item, minor)));
  };
}
