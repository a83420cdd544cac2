// The scripts of every page, each beside what it serves. Pages work without them.
import { keepDrafts } from './drafts.js';
import { focusSummary, sendSparsely } from './forms.js';
import { closeMenus } from './menus.js';
import { offerRecoveryCodes } from './recovery-codes.js';
import { suggest } from './suggestions.js';
import { swapParts } from './swap.js';
import { guardUnsavedText } from './unsaved.js';

closeMenus();
keepDrafts();
focusSummary();
sendSparsely();
offerRecoveryCodes();
suggest();
swapParts();
guardUnsavedText();
