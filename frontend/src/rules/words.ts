/** The server's words with what only the page knows put into them: "{n} arrived". */
export function filled(words: string | undefined, name: string, value: string | number): string {
  return (words ?? '').replace(`{${name}}`, () => String(value));
}
