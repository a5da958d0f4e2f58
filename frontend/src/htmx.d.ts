/** htmx comes with the server's static files, not with the build. */
interface Htmx {
  process(element: Element): void;
}

interface Window {
  htmx: Htmx;
}
