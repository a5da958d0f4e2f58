/** The time of day in the head of a page: the server's clock carried on, so a screen with a wrong clock is right. */
import { clockText } from '../rules/clock';

export function start(root: Document): void {
  const clocks = [...root.querySelectorAll<HTMLTimeElement>('time[data-now]')];
  const first = clocks[0];
  if (!first) return;
  const ahead = Date.parse(first.dateTime) - Date.now();
  const hour = new Intl.DateTimeFormat('en-GB', {
    timeZone: root.documentElement.dataset.zone ?? 'Asia/Shanghai',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  const tick = (): void => {
    const now = hour.format(new Date(Date.now() + ahead));
    for (const clock of clocks) {
      const before = clock.textContent ?? '';
      const text = clockText(clock.dataset.now === 'clock' ? 'clock' : 'bar', before, now);
      if (before !== text) clock.textContent = text;
    }
  };
  tick();
  window.setInterval(tick, 1000);
}
