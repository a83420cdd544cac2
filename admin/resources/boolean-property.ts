import type { PropertyOptions } from 'adminjs';
import { components } from '../components.js';

/** The options of a boolean property. A new record's form shows `defaultValue`, with which the model would store it. */
export function booleanProperty(defaultValue: boolean): PropertyOptions {
  return {
    isRequired: false,
    custom: { default: defaultValue },
    components: { edit: components.BooleanEdit },
  };
}
