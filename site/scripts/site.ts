// The scripts of every page, each beside what it serves. Pages work without them.
import { closeMenus } from './menus.js';
import { focusSummary, sendSparsely } from './forms.js';

closeMenus();
focusSummary();
sendSparsely();
