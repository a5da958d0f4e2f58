/** The page on which a plan is read. */
import { start } from './parts/reading';

start(document);
