import type { PropertyOptions, ResourceWithOptions } from 'adminjs';
import { locale } from '../locale/index.js';

/** Gives properties the help text that their resource's locale file has under `messages.help`. */
export function withFieldHelp(resources: ResourceWithOptions[]): ResourceWithOptions[] {
  return resources.map(({ resource, options }) => {
    const properties: Record<string, PropertyOptions> = { ...options.properties };
    for (const name of fieldsWithHelp((resource as { id(): string }).id()))
      properties[name] = { ...properties[name], description: `help.${name}` };
    return { resource, options: { ...options, properties } };
  });
}

function fieldsWithHelp(resourceId: string): string[] {
  const messages = locale.translations?.en?.resources?.[resourceId]?.messages as
    { help?: Record<string, string> } | undefined;
  return Object.keys(messages?.help ?? {});
}
