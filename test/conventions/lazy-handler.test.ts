import { expect } from 'chai';
import type { Request, Response } from 'express';
import { lazyHandler } from '../../src/http/lazy-handler.js';

describe('a handler that is loaded by its first request', () => {
  it('is loaded again after a failure, and once for all that wait', async () => {
    let loads = 0;
    const handler = lazyHandler(async () => {
      loads += 1;
      if (loads === 1) throw new Error('the disk is busy');
      return (_request, _response, next) => next('handled');
    });
    const ask = () =>
      new Promise<unknown>((resolve) => {
        void handler({} as Request, {} as Response, resolve);
      });
    const first = await Promise.all([ask(), ask()]);
    expect(first.map(String)).to.deep.equal(['Error: the disk is busy', 'Error: the disk is busy']);
    expect(await Promise.all([ask(), ask()])).to.deep.equal(['handled', 'handled']);
    expect(await ask()).to.equal('handled');
    expect(loads).to.equal(2);
  });
});
