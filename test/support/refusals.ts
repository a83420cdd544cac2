import { expect } from 'chai';
import type { Answer } from './clients.js';

/** The names of a refusal's fields, but for the original's `error`: where that is, test/compatibility/ says. */
const fieldsOf = ({ body }: Answer) => Object.keys(body as object).filter((name) => name !== 'error');

/** Expects this status and a body with `detail` as its only field. */
export function expectDetail(answer: Answer, status: number, text?: string): void {
  expect(answer.status, answer.text).to.equal(status);
  expect(fieldsOf(answer), answer.text).to.deep.equal(['detail']);
  expect(answer.body.detail).to.be.a('string').with.length.above(0);
  if (text !== undefined) expect(answer.body.detail).to.equal(text);
}

/** Expects a 400 with exactly these fields, each with a list of messages. */
export function expectFields(answer: Answer, ...fields: string[]): void {
  expect(answer.status, answer.text).to.equal(400);
  expect(fieldsOf(answer), answer.text).to.have.members(fields);
  for (const field of fields) {
    expect(answer.body[field], answer.text).to.be.an('array').with.length.above(0);
    for (const text of answer.body[field]) expect(text, answer.text).to.be.a('string').with.length.above(0);
  }
}
