import type { PropertyOptions } from 'adminjs';
import { components } from '../components.js';

/**
 * The options of a boolean property. A new record's form shows `defaultValue`, with which the model would store it.
 * Lists show a switch for those who may edit the record, where `isSwitchedInLists`.
 */
export function booleanProperty(defaultValue: boolean, { isSwitchedInLists = false } = {}): PropertyOptions {
  return {
    isRequired: false,
    custom: { default: defaultValue },
    components: {
      edit: components.BooleanEdit,
      ...(isSwitchedInLists && { list: components.SwitchCell }),
    },
  };
}
