import type { PropertyOptions, ResourceWithOptions } from 'adminjs';
import { locale } from '../locale/index.js';

/** Resources whose fields have the help that the texts of their area hold, under `messages.help`. */
export function withHelp(resources: ResourceWithOptions[]): ResourceWithOptions[] {
  return resources.map(({ resource, options }) => {
    const properties: Record<string, PropertyOptions> = { ...options.properties };
    for (const name of helpedFields((resource as { id(): string }).id()))
      properties[name] = { ...properties[name], description: `help.${name}` };
    return { resource, options: { ...options, properties } };
  });
}

function helpedFields(resourceId: string): string[] {
  const texts = locale.translations?.en?.resources?.[resourceId]?.messages as
    { help?: Record<string, string> } | undefined;
  return Object.keys(texts?.help ?? {});
}
