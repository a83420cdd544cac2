import { z } from 'zod';

/** An origin, as browsers send it. */
export const origin = z
  .string()
  .refine(
    (text) => URL.canParse(text) && new URL(text).origin === text,
    'must be origins such as https://example.org',
  );

/** An http(s) address without a path; a slash at its end is taken away. */
export const publicUrl = z
  .string()
  .refine(
    (text) =>
      /^https?:\/\//.test(text) && URL.canParse(text) && new URL(text).origin === text.replace(/\/$/, ''),
    'must be an address without a path, such as https://example.org',
  )
  .transform((text) => text.replace(/\/$/, ''));
