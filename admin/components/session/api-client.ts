import { type ActionResponse, ApiClient, type BulkActionResponse, type RecordActionResponse } from 'adminjs';
import { type PanelRequest, request } from './request.js';

type Client = ApiClient;
type Options<Name extends 'resourceAction' | 'recordAction' | 'bulkAction'> = Parameters<Client[Name]>[0];

/** What the panel reads of an answer of AdminJS's client. */
type Answer<T> = Promise<{ data: T; status: number }>;

const path = (part: string) => `/api/resources/${part}`;

/** What `request` takes of the options of AdminJS's client. */
const plain = ({ data, params, method }: PanelRequest): PanelRequest => ({
  ...(data && { data }),
  ...(params && { params }),
  ...(method && { method }),
});

/** Makes AdminJS's client, which all of its components use, send its requests by `request`. */
export function replaceTransport(): void {
  Object.assign(ApiClient.prototype, {
    resourceAction: ({ resourceId, actionName, query, ...rest }: Options<'resourceAction'>) =>
      request(
        path(`${resourceId}/actions/${actionName}${query ? `/${encodeURIComponent(query)}` : ''}`),
        plain(rest as PanelRequest),
      ) as Answer<ActionResponse>,
    recordAction: ({ resourceId, recordId, actionName, ...rest }: Options<'recordAction'>) =>
      request(
        path(`${resourceId}/records/${recordId}/${actionName}`),
        plain(rest as PanelRequest),
      ) as Answer<RecordActionResponse>,
    bulkAction: ({ resourceId, recordIds = [], actionName, ...rest }: Options<'bulkAction'>) =>
      request(path(`${resourceId}/bulk/${actionName}`), {
        ...plain(rest as PanelRequest),
        params: { recordIds: recordIds.join(',') },
      }) as Answer<BulkActionResponse>,
    searchRecords: async ({ resourceId, query, searchProperty }: Parameters<Client['searchRecords']>[0]) => {
      const { data } = await request<{ records: unknown[] }>(
        path(`${resourceId}/actions/search${query ? `/${encodeURIComponent(query)}` : ''}`),
        searchProperty ? { params: { searchProperty } } : {},
      );
      return data.records;
    },
    getDashboard: () => request('/api/dashboard'),
  });
}
