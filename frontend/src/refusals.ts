/** A part of a page that was refused says so where it was asked for: the server's own sentence, for as long as it takes to read. */
const READ = 12_000; // milliseconds

export function startRefusals(): void {
  let place: HTMLElement | undefined;
  let hiding: number | undefined;
  document.body.addEventListener('htmx:responseError', (event) => {
    const { xhr, requestConfig } = (event as CustomEvent).detail;
    if (requestConfig?.triggeringEvent?.target === document.body) return; // a live update asks again by itself
    const line = new DOMParser().parseFromString(xhr.responseText, 'text/html').querySelector('.error-line');
    if (!line) return;
    if (!place) {
      place = document.createElement('div');
      place.className = 'error-place';
      document.body.append(place);
    }
    place.replaceChildren(document.importNode(line, true));
    window.clearTimeout(hiding);
    hiding = window.setTimeout(() => place?.replaceChildren(), READ);
  });
}
