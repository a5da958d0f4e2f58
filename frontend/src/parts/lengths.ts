/**
 * Nothing that is typed or pasted is cut: a text that is too long stays whole, a line below it says by how much, and the
 * server refuses it with all of it kept.
 */
import { filled } from '../rules/words';

type Control = HTMLInputElement | HTMLTextAreaElement;

const CUTS = 'textarea[maxlength], input[maxlength]:not([type=password], [type=search])';

export function start(root: Document): void {
  root.addEventListener('focusin', (event) => {
    const control = event.target as Control;
    if (!control.matches(CUTS)) return;
    control.dataset.most = String(control.maxLength);
    control.removeAttribute('maxlength');
  });
  const words = root.querySelector<HTMLMetaElement>('meta[name="too-long"]')?.content;
  root.addEventListener('input', (event) => tell(event.target as Control, words));
}

function tell(control: Control, words: string | undefined): void {
  if (control.dataset.most === undefined) return; // a drawing, too, says that it was changed
  const most = Number(control.dataset.most);
  const n = [...control.value].length; // as the server counts: a sign is one, however it is stored
  const below = control.nextElementSibling as HTMLElement | null;
  const line = below?.dataset.length === undefined ? null : below;
  if (n <= most) {
    line?.remove();
    return;
  }
  const said = line ?? document.createElement('small');
  said.textContent = filled(filled(words, 'most', most.toLocaleString('en')), 'n', n.toLocaleString('en'));
  if (line) return;
  said.className = 'field-error';
  said.dataset.length = '';
  said.setAttribute('role', 'status');
  control.after(said);
}
