/**
 * Live updates: the stream says which topic has news, never what; htmx fetches it anew for the elements that
 * listen, e.g. hx-trigger="matters from:body". After a gap, and on the topic "all", every topic has news.
 */
const TOPICS = ['matters', 'readings', 'goals', 'orders'];
const PATIENCE = 8000;

export function startLive(): void {
  const address = document.body.dataset.live;
  if (!address || !document.querySelector('[data-live-here], [hx-trigger*="from:body"]')) return;
  let lost = 0;
  let source: EventSource;

  const tell = (topics: string[]): void => {
    for (const topic of topics) document.body.dispatchEvent(new CustomEvent(topic));
  };
  const connect = (): void => {
    source = new EventSource(address);
    source.addEventListener('open', () => {
      if (lost) tell(TOPICS);
      lost = 0;
      show(true);
    });
    for (const topic of TOPICS) source.addEventListener(topic, () => tell([topic]));
    source.addEventListener('all', () => tell(TOPICS));
    source.addEventListener('error', () => {
      lost ||= Date.now();
      window.setTimeout(() => lost && show(false), PATIENCE);
      if (source.readyState === EventSource.CLOSED) window.setTimeout(connect, PATIENCE);
    });
  };
  connect();
  window.addEventListener('pagehide', () => source.close());
}

/** The page says whether what it shows is still fed. */
function show(connected: boolean): void {
  document.documentElement.dataset.connection = connected ? 'live' : 'lost';
  for (const words of document.querySelectorAll<HTMLElement>('[data-live-here]')) {
    words.hidden = words.dataset.liveHere !== (connected ? 'live' : 'lost');
  }
}
