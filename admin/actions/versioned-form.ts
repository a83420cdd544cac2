import {
  type ActionContext,
  type ActionRequest,
  populator,
  type RecordActionResponse,
  type RecordJSON,
} from 'adminjs';
import { PanelResource } from '../adapter/panel-resource.js';
import { versionOf } from '../adapter/record-version.js';

/** The form field with the version of the record that the form was filled from. */
const VERSION = 'version';

/** A record as its form gets it: with the entity tag of what the form may change. */
export type VersionedRecord = RecordJSON & { version?: string };

/** An answer to a form. */
export type FormResponse = RecordActionResponse & {
  record?: VersionedRecord;
  /** The stored record, if it has changed since the form was filled. Nothing is written then. */
  conflict?: VersionedRecord;
};

/** Hook before an edit: keeps the version that the form was filled from, for `PanelResource.update`. */
export function rememberVersion(request: ActionRequest, context: ActionContext): ActionRequest {
  const { [VERSION]: version, ...payload } = request.payload ?? {};
  if (typeof version === 'string') context.version = version;
  return { ...request, payload };
}

/** Hook after an edit: adds the record's version, and after a conflict the record as it is stored. */
export async function withVersion(
  response: FormResponse,
  _request: ActionRequest,
  context: ActionContext,
): Promise<FormResponse> {
  const { resource, currentAdmin } = context;
  const { record } = response;
  if (!(resource instanceof PanelResource) || !record?.id) return response;
  const stored = await resource.findOne(record.id, context);
  if (!stored) return response;
  const version = versionOf(stored, resource.fields.writable);
  if (!context.isStale) return { ...response, record: { ...record, version } };
  const [populated] = await populator([stored], context);
  const conflict = { ...(populated ?? stored).toJSON(currentAdmin), version };
  const { notice: _notice, ...rest } = response;
  return { ...rest, conflict };
}
