/** What of a form is kept on the device, and for how long. */
export const PREFIX = 'yiwang.draft.';
const KEPT_FOR = 7 * 24 * 3600 * 1000; // milliseconds
const NEVER = ['hidden', 'file', 'password', 'checkbox', 'radio', 'submit'];
const PERSONAL = ['name', 'tel', 'off'];

export interface Draft {
  at: number; // milliseconds since 1970
  values: Record<string, string>;
}

/** Under what a draft lies: nobody who signs in at the same machine finds what somebody else wrote. */
export function markFor(person: string | undefined, draft: string): string {
  return `${PREFIX}${person ?? ''}.${draft}`;
}

/** A draft as it lies in the store; null for what is none. */
export function readDraft(text: string | null): Draft | null {
  try {
    const found = JSON.parse(text ?? 'null') as Partial<Draft> | null;
    return typeof found?.at === 'number' && found.values ? { at: found.at, values: found.values } : null;
  } catch {
    return null;
  }
}

/** What of a device's marks is a draft that nobody came back to, or is none any more. */
export function forgotten(store: Record<string, string>, now: number): string[] {
  return Object.keys(store).filter(
    (mark) => mark.startsWith(PREFIX) && now - (readDraft(store[mark] ?? null)?.at ?? 0) > KEPT_FOR,
  );
}

/** Files, hidden fields and what names a person are not kept. */
export function isKept(field: { type: string; autocomplete: string }): boolean {
  return !NEVER.includes(field.type) && !PERSONAL.includes(field.autocomplete);
}
