import { expect } from 'chai';
import { AuditEntry } from '../../../src/audit/audit-entry.js';
import { Review } from '../../../src/models/review.js';
import { Session } from '../../../src/models/session.js';
import { StreamPlatform } from '../../../src/models/stream-platform.js';
import { hideReviews } from '../../../src/models/moderation.js';
import { makeMovie, makePlatform, makeReview, PASSWORD } from '../../support/factories.js';
import { panelTab } from '../../support/panel-tab.js';

describe('forms of the panel in a browser', function () {
  const tab = panelTab(this, 'admin', 'ada');
  const { go, row } = tab;
  const button = (name: string) => tab.page.getByRole('button', { name, exact: true });

  it('show what somebody else has changed meanwhile, and keep both', async () => {
    const review = await makeReview({ description: 'A tpyo', rating: 2 });
    await go(`resources/reviews/records/${review.id}/edit`);
    await tab.page.locator('#description').fill('A typo');
    await hideReviews([review.id], 'Insult');
    await button('Save').click();
    const dialog = tab.page.getByRole('alertdialog', { name: 'Changed meanwhile' });
    await dialog.getByText('Reason for hiding').waitFor();
    await dialog.getByText('Insult').waitFor();
    await button('Save this').click();
    await row('A typo').waitFor();
    expect(await review.reload()).to.include({
      description: 'A typo',
      active: false,
      hidden_reason: 'Insult',
    });

    // Both change one field: one is chosen.
    await go(`resources/reviews/records/${review.id}/edit`);
    await tab.page.locator('#description').fill('Mine');
    await review.update({ description: 'Theirs', spoiler: true });
    await button('Save').click();
    await button('Save this').click();
    expect((await review.reload()).description).to.equal('Theirs');
    await dialog.getByRole('radio', { name: /Yours/ }).check();
    await button('Save this').click();
    await row('Mine').waitFor();
    expect(await review.reload()).to.include({ description: 'Mine', spoiler: true });
  });

  it('do not save as the user who has signed in since in another tab', async () => {
    const platform = await makePlatform();
    await go(`resources/stream_platforms/records/${platform.id}/edit`);
    await tab.page.locator('#about').fill('By Ada');
    await tab.enter('admin', 'ben');
    await button('Save').click();
    const dialog = tab.page.getByRole('dialog', { name: 'Sign in again' });
    await dialog.getByLabel('Password').fill(PASSWORD);
    expect((await platform.reload()).about).not.to.equal('By Ada');
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await row(platform.name).waitFor();
    expect((await platform.reload()).about).to.equal('By Ada');
    const entries = await AuditEntry.findAll({ where: { record_id: platform.id } });
    expect(entries.map(({ actor }) => actor)).to.deep.equal(['ada']);
  });

  it('keep what was typed when the session ends, on a reload, and when one means to leave', async () => {
    const platform = await makePlatform({ name: 'Lumière' });
    const address = `resources/stream_platforms/records/${platform.id}/edit`;
    await go(address);
    await tab.page.locator('#about').fill('Typed before the session ended');
    await Session.destroy({ where: {} });
    await button('Save').click();
    const dialog = tab.page.getByRole('dialog', { name: 'Sign in again' });
    await dialog.getByLabel('Password').fill('wrong');
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await dialog.getByRole('alert').waitFor();
    await dialog.getByLabel('Password').fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await row('Typed before').waitFor();
    expect((await platform.reload()).about).to.equal('Typed before the session ended');
    // The browser reports the 401 itself.
    expect(tab.faults.splice(0).join()).to.include('401');

    await row('Typed before').getByRole('link', { name: 'Lumière' }).click();
    await tab.page.getByText('Edit', { exact: true }).first().click();
    await tab.page.locator('#about').fill('A draft');
    const asked: string[] = [];
    let answer = true;
    const onDialog = (dialog: {
      type: () => string;
      accept: () => Promise<void>;
      dismiss: () => Promise<void>;
    }) => {
      asked.push(dialog.type());
      return answer ? dialog.accept() : dialog.dismiss();
    };
    tab.page.on('dialog', onDialog);
    await tab.page.reload();
    await tab.page.getByText('These are your changes from before').waitFor();
    expect(await tab.page.locator('#about').inputValue()).to.equal('A draft');
    answer = false;
    await tab.page.getByRole('link', { name: 'Platforms' }).first().click();
    expect(await tab.page.locator('#about').inputValue()).to.equal('A draft');
    const question = tab.page.waitForEvent('dialog');
    await tab.page.evaluate(() => history.back());
    await question;
    await tab.page.waitForURL(`**/${address}`);
    expect(await tab.page.locator('#about').inputValue()).to.equal('A draft');
    answer = true;
    await button('Cancel').click();
    await row('Typed before').waitFor();
    tab.page.off('dialog', onDialog);
    expect(asked).to.deep.equal(['beforeunload', 'confirm', 'confirm', 'confirm']);
    await go(address);
    await tab.page.locator('#about').waitFor();
    expect(await tab.page.locator('#about').inputValue()).to.equal('Typed before the session ended');
  });

  it('lead back to the same page of the list, to the next record, and to another new one', async () => {
    const { id } = await makePlatform();
    for (let number = 10; number < 35; number += 1)
      await makeMovie({ title: `Film ${number}`, platform_id: id });
    await go('resources/watch_lists?sortBy=title&direction=asc&page=2&filters.title=film');
    const last = await row('Film 31').getAttribute('data-id');
    await row('Film 31').getByRole('link', { name: 'Film 31' }).click();
    await tab.page.getByText('Edit', { exact: true }).first().click();
    await tab.page.locator('#title').fill('Film 31 renamed');
    await button('Save and next').click();
    await tab.page.locator('#title').and(tab.page.locator('[value="Film 32"]')).waitFor();
    await tab.page.locator('#title').fill('Film 32 renamed');
    await button('Save').click();
    await row('Film 32 renamed').waitFor();
    expect(tab.page.url())
      .to.include('page=2')
      .and.to.include('filters.title=film')
      .and.to.include('sortBy=title');
    await tab.page.goBack();
    await tab.page.getByTestId('button-save').waitFor();
    await tab.page.goForward();
    await row('Film 31 renamed').waitFor();
    await tab.page.waitForFunction(() => document.activeElement?.closest('tr') !== null);
    expect(last).not.to.equal(null);

    await go('resources/stream_platforms/actions/new');
    for (const name of ['First', 'Second']) {
      await tab.page.locator('#name').fill(name);
      await tab.page.locator('#about').fill('About it');
      await tab.page.locator('#website').fill('https://x.example');
      if (name === 'First') await button('Save and add another').click();
      else await button('Save').click();
      if (name === 'First') await tab.page.locator('#name').and(tab.page.locator('[value=""]')).waitFor();
    }
    await row('Second').waitFor();
    expect(await StreamPlatform.count({ where: { name: ['First', 'Second'] } })).to.equal(2);
    expect(await Review.count()).to.equal(0);
  });
});
