/** Pages with a map. */
import { start } from './parts/map';

start(document);
