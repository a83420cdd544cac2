import { expect } from 'chai';
import { widthOf } from '../../site/components/letter-widths.js';
import { fitTitle, WIDTH } from '../../site/components/poster-title.js';

const linesOf = (title: string) => fitTitle(title).lines.map(({ text }) => text);

/** Titles of many kinds, each of which must fit. */
const TITLES = [
  'M',
  '%',
  'Up',
  'The Lord of the Rings: The Fellowship of the Ring',
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft',
  'W'.repeat(200),
  'word '.repeat(40),
  '字'.repeat(200),
  '가'.repeat(200),
  'Ш'.repeat(200),
  'Щелкунчик и Мышиный король',
  'Κυνόδοντας',
  'جدایی نادر از سیمین',
  'גט - המשפט של ויויאן אמסלם',
  'ลุงบุญมีระลึกชาติ',
  'காற்று வெளியிடை',
  '👨‍👩‍👧‍👦'.repeat(28),
  'e\u0301\u0302\u0303'.repeat(50),
  '\u200bMayurakshi',
  '\u0001\u0002',
];

describe('titles of drawn posters', () => {
  it('are in capitals, as large as their longest word allows', () => {
    expect(fitTitle('Alien')).to.deep.include({ size: 68, isRightToLeft: false });
    expect(linesOf('The Shawshank Redemption')).to.deep.equal(['THE', 'SHAWSHANK', 'REDEMPTION']);
    expect(fitTitle('Schifffahrt').size).to.be.below(fitTitle('Schiff').size);
  });

  it('are never wider or higher than the poster', () => {
    for (const title of TITLES) {
      const { lines, size, leading } = fitTitle(title);
      expect(lines.length * size * leading, title).to.be.at.most(178);
      for (const { text, width } of lines) {
        expect(widthOf(text) * size, text).to.be.at.most(WIDTH);
        expect(width ?? 0, text).to.be.at.most(WIDTH);
        // No character is cut in two.
        expect(text.isWellFormed(), text).to.equal(true);
        expect(text, text).to.not.match(/^\p{M}/u);
      }
    }
  });

  it('keep all of their letters, but for those that are too many', () => {
    for (const title of TITLES) {
      const whole = title
        .normalize('NFC')
        .replaceAll(/\s|\u200b/g, '')
        .toLocaleUpperCase('en');
      const shown = linesOf(title).join('').replaceAll(' ', '');
      if (shown.endsWith('…')) expect(whole.startsWith(shown.slice(0, -1)), title).to.equal(true);
      else expect(shown, title).to.equal(whole);
    }
    expect(linesOf('字'.repeat(200)).at(-1)).to.match(/…$/);
  });

  it('break where their script does', () => {
    expect(linesOf('E.T. the Extra-Terrestrial')).to.include('EXTRA-');
    expect(linesOf('Trois couleurs : Bleu')).to.include('COULEURS :');
    expect(linesOf('ドライブ・マイ・カー').filter((line) => /^[・ー]/.test(line))).to.deep.equal([]);
    expect(linesOf('千と千尋の神隠し').join('')).to.equal('千と千尋の神隠し');
    expect(linesOf('東京物語').map((line) => line.length)).to.deep.equal([2, 2]);
    expect(linesOf('살인의 추억')).to.deep.equal(['살인의', '추억']);
  });

  it('run from the right where their first letter does', () => {
    expect(fitTitle('12: قصة حب').isRightToLeft).to.equal(true);
    expect(fitTitle('Broker - قصة').isRightToLeft).to.equal(false);
  });

  it('have a known width where the display face draws them', () => {
    expect(fitTitle('Amélie').lines[0]?.width).to.be.within(100, WIDTH);
    expect(fitTitle('Mùi đu đủ xanh').lines[0]?.width).to.be.a('number');
    expect(fitTitle('Сталкер').lines[0]?.width).to.equal(null);
    expect(fitTitle('기생충').lines[0]?.width).to.equal(null);
    // Georgian's capitals are missing in most faces.
    expect(linesOf('მონანიება')).to.deep.equal(['მონანიება']);
  });
});
