/**
 * Live updates: the stream says which topic has news, never what; htmx fetches it anew for the elements that
 * listen, e.g. hx-trigger="matters from:body". After a gap, and on the topic "all", every topic has news. The page
 * names the topics.
 */
const PATIENCE = 8000;

export function startLive(): void {
  const address = document.body.dataset.live;
  if (!address || !document.querySelector('[data-live-here], [hx-trigger*="from:body"]')) return;
  const topics = (document.body.dataset.liveTopics ?? '').split(' ').filter(Boolean);
  let lost = 0;
  let source: EventSource;

  const tell = (news: string[]): void => {
    for (const topic of news) document.body.dispatchEvent(new CustomEvent(topic));
  };
  const connect = (): void => {
    source = new EventSource(address);
    source.addEventListener('open', () => {
      if (lost) tell(topics);
      lost = 0;
      show(true);
    });
    for (const topic of topics) source.addEventListener(topic, () => tell([topic]));
    source.addEventListener('all', () => tell(topics));
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
