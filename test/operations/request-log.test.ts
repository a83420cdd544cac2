import { expect } from 'chai';
import type { Request } from 'express';
import { loggedRequest } from '../../src/http/request-log.js';

/** The address that the log has for a request. */
function loggedUrl(originalUrl: string): unknown {
  const request = { id: 'x', method: 'GET', originalUrl, socket: {} } as Request;
  return (loggedRequest(request) as { url: string }).url;
}

describe('the log of a request', () => {
  it('has no password and no token of its query', () => {
    expect(loggedUrl('/admin/login?email=ann&password=quiet-harbour-71&next=/')).to.equal(
      '/admin/login?email=ann&password=…&next=/',
    );
    expect(loggedUrl('/account/email/confirm/?token=1b3d5f7a')).to.equal('/account/email/confirm/?token=…');
    expect(loggedUrl('/x?Password=a&old_password=b&otp=123456')).to.equal(
      '/x?Password=…&old_password=…&otp=…',
    );
    expect(loggedUrl('/watch/watchlist/?search=token&page=2')).to.equal(
      '/watch/watchlist/?search=token&page=2',
    );
  });
});
