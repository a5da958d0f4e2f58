/** Names of keys: as an event says them, as a template gives them, as a cap shows them. */

/** Letters mean the same whether Shift or Caps Lock is on. */
export function nameOf(key: string): string {
  return key.length === 1 ? key.toLowerCase() : key;
}

/** The keys of a thing: data-key="a b" has two. */
export function keysOf(given: string | undefined): string[] {
  return (given ?? '').toLowerCase().split(' ').filter(Boolean);
}

export function capOf(key: string): string {
  return key.charAt(0).toUpperCase() + key.slice(1);
}
