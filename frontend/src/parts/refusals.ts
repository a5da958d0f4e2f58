/** A part of a page that was refused says so where it was asked for: the server's own sentence, for as long as it takes to read. */
const READ = 12_000; // milliseconds

export function start(root: Document): void {
  let place: HTMLElement | undefined;
  let hiding: number | undefined;
  root.body.addEventListener('htmx:responseError', (event) => {
    const { xhr, requestConfig } = (event as CustomEvent).detail;
    if (requestConfig?.triggeringEvent?.target === root.body) return; // a live update asks again by itself
    const line = new DOMParser().parseFromString(xhr.responseText, 'text/html').querySelector('.error-line');
    if (!line) return;
    if (!place) {
      place = root.createElement('div');
      place.className = 'error-place';
      root.body.append(place);
    }
    place.replaceChildren(root.importNode(line, true));
    window.clearTimeout(hiding);
    hiding = window.setTimeout(() => place?.replaceChildren(), READ);
  });
}
