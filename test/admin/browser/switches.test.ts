import { expect } from 'chai';
import { AuditEntry } from '../../../src/audit/audit-entry.js';
import { WatchList } from '../../../src/models/watch-list.js';
import { axeFindings } from '../../support/axe.js';
import { makeMovie } from '../../support/factories.js';
import { panelTab } from '../../support/panel-tab.js';

describe('switches in lists of the panel', function () {
  const tab = panelTab(this, 'admin');
  const { go } = tab;
  const switchOf = (title: string) => tab.page.getByRole('switch', { name: `Active: ${title}` });

  it('switch a movie off and on, by click and by keyboard, and write nothing else', async () => {
    const movie = await makeMovie({ title: 'Playtime', active: true });
    await go('resources/watch_lists');
    const own = switchOf('Playtime');
    await own.click();
    await tab.page.locator('[role=switch][aria-checked=false][aria-busy=false]').waitFor();
    // Somebody else's change meanwhile stays.
    await WatchList.update({ title: 'Play Time' }, { where: { id: movie.id } });
    await movie.reload();
    expect(movie.active).to.equal(false);
    expect(await axeFindings(tab.page)).to.deep.equal([]);
    await own.focus();
    await tab.page.keyboard.press('Space');
    await tab.page.locator('[role=switch][aria-checked=true][aria-busy=false]').waitFor();
    await movie.reload();
    expect([movie.active, movie.title]).to.deep.equal([true, 'Play Time']);
    expect(await AuditEntry.count({ where: { action: 'update' } })).to.equal(2);
    expect(tab.page.url()).to.match(/watch_lists$/);
  });

  it('go back, and say why, where the movie is gone', async () => {
    const movie = await makeMovie({ title: 'Sorcerer', active: true });
    await go('resources/watch_lists');
    await switchOf('Sorcerer').waitFor();
    await movie.destroy();
    await switchOf('Sorcerer').click();
    await tab.page
      .getByText(/cannot be found/)
      .first()
      .waitFor();
    expect(await switchOf('Sorcerer').getAttribute('aria-checked')).to.equal('true');
    // The browser reports the 404 itself.
    tab.faults.splice(0);
  });

  it('are for those who may edit movies', async () => {
    await makeMovie({ title: 'Metropolis', active: true });
    await tab.enter('moderator');
    await go('resources/watch_lists');
    await tab.row('Metropolis').waitFor();
    expect(await tab.page.getByRole('switch').count()).to.equal(0);
    await tab.row('Metropolis').getByText('Yes').waitFor();
  });
});
