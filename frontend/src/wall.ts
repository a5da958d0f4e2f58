/** The wall. Its map is started by `map.ts`. */
import { start } from './parts/wall';

start(document);
