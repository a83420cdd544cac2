import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { readFileSync } from 'node:fs';
import { MarqueeStack } from '../lib/stack.js';

const { context: flags } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')) as {
  context: Record<string, unknown>;
};

/** A context that is enough: Route 53 has the name, and a registry the image. */
export const ENOUGH = {
  domain: 'movies.example.org',
  hostedZoneId: 'Z0000000EXAMPLE',
  hostedZone: 'example.org',
  image: 'registry.example.org/marquee:1.2.3',
};

/** Makes the template, as `cdk synth` does. */
export function synthesise(context: Record<string, string | undefined>): Template {
  const app = new App({ context: { ...flags, ...context } });
  return Template.fromStack(new MarqueeStack(app, 'Marquee'));
}

/** A part of a template, which has no type. */
export type Part = ReturnType<Template['findResources']>[string];

/** The only resource of a kind. */
export function only(template: Template, type: string): Part {
  const found = Object.values(template.findResources(type));
  if (found.length !== 1) throw new Error(`${found.length} of ${type}`);
  return found[0]?.Properties as Part;
}

/** The containers of the only task. */
export const containers = (of: Template) =>
  only(of, 'AWS::ECS::TaskDefinition').ContainerDefinitions as Part[];

/** The container with this name. */
export function container(of: Template, name: string): Part {
  const found = containers(of).find((one) => one.Name === name);
  if (!found) throw new Error(`There is no container ${name}`);
  return found;
}

/** The ids of the resources of a type, with these properties if any are given. */
export const idsOf = (template: Template, type: string, props?: object) =>
  Object.keys(template.findResources(type, props && { Properties: props }));

/** A part as text. */
export const text = (part: unknown) => JSON.stringify(part);
