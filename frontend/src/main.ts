/**
 * What every page runs: receipts in place, keys, live updates, the clock. Pages work without it.
 *
 * A part (`parts/`) exports `start(root)` and listens on the root for everything below it, so that what htmx puts into
 * the page later works too. What a part decides without a page stands in `rules/`, where tests reach it. A page that
 * runs more has a file of its own beside this one, and its template names it: {% island "map" %}.
 */
import * as actions from './parts/actions';
import * as clock from './parts/clock';
import * as complaints from './parts/complaints';
import * as drafts from './parts/drafts';
import * as inbox from './parts/inbox';
import * as keys from './parts/keys';
import * as lengths from './parts/lengths';
import * as lists from './parts/lists';
import * as live from './parts/live';
import * as receipts from './parts/receipts';
import * as refusals from './parts/refusals';

for (const part of [receipts, keys, actions, inbox, live, clock, drafts, lengths, lists, complaints, refusals])
  part.start(document);
