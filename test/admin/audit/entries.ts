import { expect } from 'chai';
import { AuditEntry, type Change } from '../../../src/audit/audit-entry.js';

/** The entries so far, oldest first. */
export function auditEntries(): Promise<AuditEntry[]> {
  return AuditEntry.findAll({ order: ['id'] });
}

/** Expects one entry, and gives it. */
export async function onlyEntry(): Promise<AuditEntry> {
  const all = await auditEntries();
  expect(all.map(({ action, resource }) => `${action} ${resource}`)).to.have.length(1);
  return all[0] as AuditEntry;
}

/** The fields that an entry says were changed. */
export function changesOf({ changes }: AuditEntry): Record<string, Change> {
  return JSON.parse(changes) as Record<string, Change>;
}
