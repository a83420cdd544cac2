import { join } from 'node:path';
import { ComponentLoader, type PropertyOptions } from 'adminjs';

/** The panel's own React components, as the build bundles them. */
export const componentLoader = new ComponentLoader();

const file = (name: string) => join(import.meta.dirname, 'components', `${name}.js`);

/** Their names, by which resources use them. */
export const components = {
  Dashboard: componentLoader.add('Dashboard', file('dashboard')),
  Excerpt: componentLoader.add('Excerpt', file('excerpt')),
  Flag: componentLoader.add('Flag', file('flag')),
  Range: componentLoader.add('Range', file('range')),
  Stars: componentLoader.add('Stars', file('stars')),
};
componentLoader.override('Login', file('login'));

/** The options of a yes-or-no property. */
export function flag(preset: boolean): PropertyOptions {
  return { isRequired: false, custom: { default: preset }, components: { edit: components.Flag } };
}
