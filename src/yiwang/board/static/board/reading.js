/**
 * The reading page: the chosen line and its place in the text are shown together, a confirmed line leads to the next
 * that waits, the strip follows the text. Without it the page works by its links and forms.
 */
const paper = document.getElementById('paper');
const strip = document.getElementById('strip');
const table = document.querySelector('table.read');

const rowOf = (id) => document.getElementById(`s${id}`);
const idOf = (row) => row.id.slice(1);
const of = (id) => document.querySelectorAll(`[data-of~="${CSS.escape(id)}"]`);
const rows = () => [...table.querySelectorAll('[data-row]')];
const waits = (row) => row.dataset.state === 'review' || row.dataset.state === 'missing';

function choose(row, focus = true) {
  if (!row) return;
  for (const other of rows()) other.setAttribute('aria-selected', String(other === row));
  if (focus) {
    row.tabIndex = -1;
    row.focus({ preventScroll: true });
  }
  row.scrollIntoView({ block: 'nearest' });
  show(row);
}

/** Marks the chosen line's words in the text and brings them into view. */
function show(row) {
  for (const mark of document.querySelectorAll('mark.current, rect.current')) mark.classList.remove('current');
  const here = of(idOf(row));
  for (const mark of here) mark.classList.add('current');
  const first = paper.querySelector('mark.current');
  if (!first) return;
  const box = first.getBoundingClientRect();
  const frame = paper.getBoundingClientRect();
  if (box.top < frame.top + 40 || box.bottom > frame.bottom - 40) paper.scrollTop += box.top - frame.top - frame.height / 3;
}

/** The look of a mark follows the state of its lines; a piece under several shows the one that asks for most. */
const ORDER = ['missing', 'review', 'stretch', 'confirmed', 'other', 'dropped'];
function paint() {
  for (const mark of document.querySelectorAll('[data-of]')) {
    const states = mark.dataset.of.split(' ').map((id) => rowOf(id)?.dataset.state).filter(Boolean);
    if (!states.length) continue;
    mark.classList.remove(...ORDER);
    mark.classList.add(states.sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b))[0]);
  }
}

function follow() {
  const view = strip.querySelector('.view');
  const whole = paper.scrollHeight || 1;
  view.setAttribute('y', String((paper.scrollTop * 1000) / whole));
  view.setAttribute('height', String((paper.clientHeight * 1000) / whole));
}

table.addEventListener('row:chosen', (event) => show(event.target));
table.addEventListener('click', (event) => {
  const row = event.target.closest('[data-row]');
  if (!row || event.target.closest('a.n, button, input, select, label')) return;
  if (event.target.closest('a.no')) event.preventDefault();
  if (row.getAttribute('aria-selected') !== 'true') choose(row);
});
paper.addEventListener('click', (event) => {
  const mark = event.target.closest('mark');
  if (mark) choose(rowOf(mark.dataset.first));
});
paper.addEventListener('scroll', follow, { passive: true });
window.addEventListener('resize', follow);

document.addEventListener('keydown', (event) => {
  const row = event.target.closest?.('[data-row]');
  if (event.key === 'Escape' && row && event.target !== row) row.focus();
});

let acted = null;
document.body.addEventListener('htmx:beforeRequest', (event) => {
  const form = event.detail.elt;
  if (!form.matches('.edit-actions')) return;
  const row = form.closest('[data-row]');
  acted = { id: idOf(row), at: rows().indexOf(row) };
});
document.body.addEventListener('htmx:afterSettle', () => {
  if (!acted) return;
  const { id, at } = acted;
  acted = null;
  paint();
  const row = rowOf(id);
  const piece = row?.nextElementSibling;
  if (row && (waits(row) || row.querySelector('[role="alert"]'))) {
    const typed = row.querySelector('[aria-invalid="true"]');
    choose(row, !typed);
    typed?.focus();
    if (!typed && piece?.dataset.state === 'missing' && piece.querySelector('.tag:not(.line)')) choose(piece);
    return;
  }
  const all = rows();
  choose(all.slice(at + 1).find(waits) ?? all.find(waits) ?? row);
});

follow();
const first = table.querySelector('[data-row][aria-selected="true"]');
if (first) choose(first, !location.hash || location.hash === `#${first.id}`);
