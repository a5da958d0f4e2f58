/** What every page runs: receipts in place, keys, live updates, the clock. Pages work without it. */
import { startActions } from './actions';
import { startClock } from './clock';
import { startDrafts } from './drafts';
import { startInbox } from './inbox';
import { startKeys } from './keys';
import { startLive } from './live';
import { startReceipts } from './receipts';
import { startRefusals } from './refusals';

startReceipts();
startKeys();
startActions();
startInbox();
startLive();
startClock();
startDrafts();
startRefusals();
