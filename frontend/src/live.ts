/**
 * Live updates: one stream of ids; what changed is fetched by htmx from the elements that listen, e.g.
 * hx-trigger="matter from:body". Messages in a burst become one event. After a gap everything listens again.
 */
const BURST = 400;
const PATIENCE = 8000;

export interface Change {
  id?: number | string;
  kind?: string;
  street?: string;
  stage?: string;
}

export function startLive(): void {
  const address = document.body.dataset.live;
  if (!address || !document.querySelector('[data-live-here], [hx-trigger*="from:body"]')) return;
  const waiting = new Map<string, Change[]>();
  let timer = 0;
  let lost = 0;
  let source: EventSource;

  const flush = (): void => {
    timer = 0;
    for (const [topic, changes] of waiting) {
      document.body.dispatchEvent(new CustomEvent(topic, { detail: { changes, last: changes.at(-1) } }));
    }
    waiting.clear();
  };
  const note = (topic: string, change: Change): void => {
    waiting.set(topic, [...(waiting.get(topic) ?? []), change]);
    timer ||= window.setTimeout(flush, BURST);
  };
  const connect = (): void => {
    source = new EventSource(address);
    source.addEventListener('open', () => {
      if (lost) for (const topic of ['matter', 'vital', 'goal']) note(topic, {});
      lost = 0;
      show(true);
    });
    for (const topic of ['matter', 'vital', 'goal']) {
      source.addEventListener(topic, (event) => note(topic, read((event as MessageEvent<string>).data)));
    }
    source.addEventListener('error', () => {
      lost ||= Date.now();
      window.setTimeout(() => lost && show(false), PATIENCE);
      if (source.readyState === EventSource.CLOSED) window.setTimeout(connect, PATIENCE);
    });
  };
  connect();
  window.addEventListener('pagehide', () => source.close());
}

function read(text: string): Change {
  try {
    return JSON.parse(text) as Change;
  } catch {
    return {};
  }
}

/** The page says whether what it shows is still fed. */
function show(connected: boolean): void {
  document.documentElement.dataset.connection = connected ? 'live' : 'lost';
  for (const words of document.querySelectorAll<HTMLElement>('[data-live-here]')) {
    words.hidden = words.dataset.liveHere !== (connected ? 'live' : 'lost');
  }
}
