/** The wall. Its map is started by `map.ts`. */
import * as oneLine from './parts/one-line';
import { start } from './parts/wall';

start(document);
oneLine.start(document);
