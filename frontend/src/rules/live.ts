/** What a list that was fetched anew has gained and lost. */
export function changes(
  before: ReadonlySet<string>,
  now: readonly string[],
): { fresh: Set<string>; left: Set<string> } {
  const here = new Set(now);
  return {
    fresh: new Set(now.filter((one) => !before.has(one))),
    left: new Set([...before].filter((one) => !here.has(one))),
  };
}

/** Which topics are told of when the stream speaks again: after a gap all of them, else none. */
export function missed(topics: readonly string[], lostSince: number): readonly string[] {
  return lostSince ? topics : [];
}
