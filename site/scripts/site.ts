// The scripts of every page, each beside what it serves. Pages work without them.
import { closeMenus } from './menus.js';
import { focusSummary, sendSparsely } from './forms.js';
import { suggest } from './suggestions.js';

closeMenus();
focusSummary();
sendSparsely();
suggest();
