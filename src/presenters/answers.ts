import { z } from 'zod';
import { EMAIL_MAX, USERNAME_MAX } from '../models/user.js';
import { recordId } from './values.js';

/** The answers that show no record. */

const SENTENCE_MAX = 1_000;

/** The most records of a kind whose marks are asked for at once: the rows of the longest page. */
export const MARKS_MAX = 100;

const jwt = z
  .string()
  .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/)
  .max(2_000);

const key = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .max(64)
  .meta({
    description: 'The token’s key, shown this once: send it as `Authorization: Token KEY`.',
    example: '9f2c4e6a8b0d1f3a5c7e9b1d3f5a7c9e0b2d4f6a8c0e1f3b5d7a9c1e3f5b7d9a',
  });

/** One sentence. */
export const detailSchema = z
  .object({
    detail: z
      .string()
      .max(SENTENCE_MAX)
      .meta({ description: 'A sentence for people.', example: 'Successfully logged out.' }),
  })
  .meta({ id: 'Detail', description: 'One sentence about what was done.' });

/** Which records the caller has marked. */
export const marksSchema = z
  .object({
    saved: z
      .array(recordId)
      .max(MARKS_MAX)
      .meta({ description: 'Those of the movies that the caller has saved.', example: [1] }),
    helpful: z
      .array(recordId)
      .max(MARKS_MAX)
      .meta({ description: 'Those of the reviews that the caller finds helpful.', example: [2] }),
  })
  .meta({
    id: 'Marks',
    description: 'Which of the movies and reviews that were asked for the caller has marked.',
  });

/** A new account and its first token. */
export const registrationSchema = z
  .object({
    response: z
      .string()
      .max(SENTENCE_MAX)
      .meta({ description: 'A sentence.', example: 'Registration Successful!' }),
    username: z.string().max(USERNAME_MAX).meta({ description: 'The username.', example: 'ana' }),
    email: z.string().max(EMAIL_MAX).meta({ description: 'The e-mail address.', example: 'ana@example.org' }),
    token: key,
  })
  .meta({ id: 'Registration', description: 'The new account, already logged in.' });

/** A new token. */
export const loginSchema = z
  .object({ token: key })
  .meta({ id: 'Login', description: 'A new token of the user.' });

/** A new pair of JWTs. */
export const jwtPairSchema = z
  .object({
    access: jwt.meta({
      description: 'Lives minutes: send it as `Authorization: Bearer JWT`.',
      example: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI3In0.c2lnbmF0dXJl',
    }),
    refresh: jwt.meta({
      description: 'Lives days: exchange it, once, for a new pair.',
      example: 'eyJhbGciOiJIUzI1NiJ9.eyJmYW0iOiI3In0.c2lnbmF0dXJl',
    }),
  })
  .meta({ id: 'JwtPair', description: 'A pair of JSON web tokens.' });

const address = (name: string) =>
  z
    .string()
    .max(2_000)
    .meta({
      description: 'The absolute address of the list.',
      format: 'uri',
      example: `http://127.0.0.1:3000/watch/${name}/`,
    });

/** The lists. */
export const rootSchema = z
  .object({
    platformlist: address('platformlist'),
    watchlist: address('watchlist'),
    reviews: address('reviews'),
  })
  .meta({ id: 'Root', description: 'Where the lists are.' });

/** One sentence. */
export type DetailJson = z.output<typeof detailSchema>;
