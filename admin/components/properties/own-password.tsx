import { FormGroup, Input, Label } from '@adminjs/design-system';

/** The field for one's own password, which a browser may fill in. */
export default function OwnPassword({
  id,
  label,
  value,
  onChange,
  autoFocus = false,
  fault,
}: {
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  autoFocus?: boolean;
  /** What is wrong with it, or an empty text; without it no line is kept for a fault. */
  fault?: string;
}) {
  const hint = `${id}-fault`;
  return (
    <FormGroup error={Boolean(fault)}>
      <Label htmlFor={id}>{label}</Label>
      <Input
        id={id}
        type="password"
        autoComplete="current-password"
        autoFocus={autoFocus}
        required
        value={value}
        {...(fault !== undefined && { 'aria-invalid': fault !== '', 'aria-describedby': hint })}
        onChange={(event: { target: { value: string } }) => onChange(event.target.value)}
      />
      {fault !== undefined && (
        <p className="field-hint" id={hint} role="alert">
          {fault}
        </p>
      )}
    </FormGroup>
  );
}
