import { ValidationErrorItem } from 'sequelize';

/**
 * The fault of one field, for a `ValidationError` that no validator of Sequelize throws.
 * @param text the message
 * @param field undefined where the fault is no field's
 * @param rule the name of the broken rule
 */
export function fieldError(
  text: string,
  field: string | undefined,
  value: string,
  rule: string,
  type: 'validation error' | 'unique violation' = 'validation error',
): ValidationErrorItem {
  // Sequelize declares the field and the record as required, but works without them.
  return new ValidationErrorItem(text, type, field as string, value, null as never, rule, rule, []);
}
