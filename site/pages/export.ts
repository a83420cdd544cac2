import { ZIP } from '../http/stream.js';
import { Document, page } from '../http/page.js';
import { EXPORT_PATH } from '../paths.js';

/** `/settings/export`: all that a member has written and marked, as a ZIP archive. */
export const exportData = page(EXPORT_PATH, {
  isForMembers: true,
  throttle: 'export',
  show: async ({ api }) => {
    const { name, bytes, content } = await api.file('/account/export/');
    return new Document(ZIP, content, {
      'Content-Disposition': `attachment; filename="${name}"`,
      'Content-Length': String(bytes),
      'Cache-Control': 'no-store',
    });
  },
});
