/**
 * Live updates: the stream says which topic has news, never what; htmx fetches it anew for the elements that
 * listen, e.g. hx-trigger="matters from:body". After a gap, and on the topic "all", every topic has news. The page
 * names the topics.
 */
import { missed } from '../rules/live';

const PATIENCE = 8000; // milliseconds

export function start(root: Document): void {
  const address = root.body.dataset.live;
  if (!address || !root.querySelector('[data-live-here], [hx-trigger*="from:body"]')) return;
  const topics = (root.body.dataset.liveTopics ?? '').split(' ').filter(Boolean);
  let lost = 0;
  let source: EventSource;

  const tell = (news: readonly string[]): void => {
    for (const topic of news) root.body.dispatchEvent(new CustomEvent(topic));
  };
  const connect = (): void => {
    source = new EventSource(address);
    source.addEventListener('open', () => {
      tell(missed(topics, lost));
      lost = 0;
      show(root, true);
    });
    for (const topic of topics) source.addEventListener(topic, () => tell([topic]));
    source.addEventListener('all', () => tell(topics));
    source.addEventListener('error', () => {
      lost ||= Date.now();
      window.setTimeout(() => lost && show(root, false), PATIENCE);
      if (source.readyState === EventSource.CLOSED) window.setTimeout(connect, PATIENCE);
    });
  };
  connect();
  window.addEventListener('pagehide', () => source.close());
}

/** The page says whether what it shows is still fed. */
function show(root: Document, connected: boolean): void {
  root.documentElement.dataset.connection = connected ? 'live' : 'lost';
  for (const words of root.querySelectorAll<HTMLElement>('[data-live-here]')) {
    words.hidden = words.dataset.liveHere !== (connected ? 'live' : 'lost');
  }
}
