import { FormGroup, Input, Label } from '@adminjs/design-system';
import { useTranslation } from 'adminjs';

/** The field for a code of the second factor. */
export function CodeInput({
  id,
  hint,
  faults = [],
  autoFocus = false,
}: {
  id: string;
  hint: string;
  faults?: string[];
  autoFocus?: boolean;
}) {
  const { translateComponent, translateMessage } = useTranslation();
  return (
    <FormGroup error={faults.length > 0}>
      <Label htmlFor={id}>{translateComponent('Login.properties.otp')}</Label>
      <Input
        id={id}
        name="otp"
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={40}
        required
        autoFocus={autoFocus}
        aria-describedby={`${id}-hint`}
        aria-invalid={faults.length > 0}
      />
      <p className="field-hint" id={`${id}-hint`}>
        {[...faults.map((fault) => translateMessage(fault)), hint].join(' ')}
      </p>
    </FormGroup>
  );
}
