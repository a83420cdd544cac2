import { useEffect } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';

/** A drawer's address: the resource, then a record and its action, an action on a selection, or an action on the resource. */
const DRAWER = /^\/admin\/resources\/([^/]+)\/(?:records\/([^/]+)\/[^/]+|bulk\/[^/]+|actions\/[^/]+)$/;

/** Makes AdminJS's drawers modal: the page behind takes no focus, and Escape closes them. */
export default function DrawerKeys() {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  useEffect(() => {
    const update = () => {
      const drawer = openDrawer();
      const isBehind = document.querySelector('[data-css="app"]')?.toggleAttribute('inert', drawer !== null);
      if (drawer && isBehind) describe(drawer);
    };
    const observer = new MutationObserver(update);
    const options = { childList: true, subtree: true, attributes: true, attributeFilter: ['class'] };
    observer.observe(document.body, options);
    update();
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const [, resource, record] = DRAWER.exec(pathname) ?? [];
      if (event.key !== 'Escape' || event.defaultPrevented || !resource || !openDrawer()) return;
      if (document.querySelector('dialog[open]')) return;
      const query = new URLSearchParams(search);
      const isFromRecord = query.get('from') === 'record';
      for (const name of ['recordIds', 'from']) query.delete(name);
      const list = `/admin/resources/${resource}`;
      navigate(isFromRecord && record ? `${list}/records/${record}/show` : `${list}?${query}`, {
        state: { returned: true },
      });
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [navigate, pathname, search]);
  return null;
}

function openDrawer(): HTMLElement | null {
  const drawer = document.querySelector<HTMLElement>('#drawerPortal:not(.hidden)');
  return drawer?.childElementCount ? drawer : null;
}

/** Names the drawer by its heading, and moves the focus into it. */
function describe(drawer: HTMLElement): void {
  const title = drawer.querySelector('h1, h2, h3')?.textContent?.trim();
  drawer.setAttribute('role', 'dialog');
  drawer.setAttribute('aria-modal', 'true');
  if (title) drawer.setAttribute('aria-label', title);
  if (!drawer.contains(document.activeElement))
    drawer.querySelector<HTMLElement>('textarea, input, select, button, a')?.focus();
}
