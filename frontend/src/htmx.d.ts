/** htmx comes with the server's static files, not with the build. */
interface Htmx {
  ajax(verb: string, path: string, context: { target: string; swap: string }): Promise<void>;
}

interface Window {
  htmx: Htmx;
}
