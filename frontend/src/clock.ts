/** The time of day in the head of a page: the server's clock carried on, so a screen with a wrong clock is right. */
export function startClock(): void {
  const clocks = [...document.querySelectorAll<HTMLTimeElement>('time[data-now]')];
  const first = clocks[0];
  if (!first) return;
  const ahead = Date.parse(first.dateTime) - Date.now();
  const zone = document.documentElement.dataset.zone ?? 'Asia/Shanghai';
  const hour = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  const tick = (): void => {
    const now = hour.format(new Date(Date.now() + ahead));
    for (const clock of clocks) {
      const text = clock.dataset.now === 'clock' ? now : clock.textContent?.replace(/\d{2}:\d{2}$/, now.slice(0, 5)) ?? '';
      if (clock.textContent !== text) clock.textContent = text;
    }
  };
  tick();
  window.setInterval(tick, 1000);
}
