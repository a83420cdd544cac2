import { createHash, createSecretKey, type KeyObject } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { config } from '../config.js';
import type { JwtFamily } from '../models/jwt-family.js';
import { jwtSecrets } from './secrets.js';

const ALGORITHM = 'HS256';
const ISSUER = 'marquee';
const AUDIENCE = 'marquee-api';
const MS_PER_SECOND = 1_000;

/** The use of a token: an access token opens the API, a refresh token gets the next pair. */
type Use = 'access' | 'refresh';

/** The claims of a valid token. */
export interface Claims {
  familyId: number;
  /** A refresh token's own id; empty in an access token. */
  id: string;
}

/** The signing keys by their ids; the first one signs. The ids reveal nothing of the keys. */
function keys(): Map<string, KeyObject> {
  return new Map(
    jwtSecrets().map((secret) => [
      createHash('sha256').update(`kid\n${secret}`).digest('base64url').slice(0, 8),
      createSecretKey(Buffer.from(secret)),
    ]),
  );
}

function sign(use: Use, family: JwtFamily, id: string, expires: Date): Promise<string> {
  const [[kid, key] = []] = keys();
  if (!key) throw new Error('there is no key to sign with');
  return new SignJWT({ use, family: family.id })
    .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT', kid })
    .setSubject(String(family.user_id))
    .setJti(id)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(expires)
    .sign(key);
}

/** Signs a family's next access token and its refresh token. */
export async function signPair(family: JwtFamily): Promise<{ access: string; refresh: string }> {
  const accessExpires = new Date(Date.now() + config.JWT_ACCESS_MINUTES * 60 * MS_PER_SECOND);
  const [access, refresh] = await Promise.all([
    sign('access', family, '', accessExpires),
    sign('refresh', family, family.refresh_id, family.expires),
  ]);
  return { access, refresh };
}

/**
 * Verifies a token: its signature by one of the keys, its algorithm, issuer, audience, age and use.
 * @returns null where any of them is wrong
 */
export async function verify(token: string, use: Use): Promise<Claims | null> {
  try {
    const { payload } = await jwtVerify(
      token,
      ({ kid = '' }) => {
        const key = keys().get(kid);
        if (!key) throw new errors.JWKSNoMatchingKey();
        return key;
      },
      {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: AUDIENCE,
        requiredClaims: ['exp', 'iat', 'jti', 'sub'],
      },
    );
    if (payload.use !== use || typeof payload.family !== 'number') return null;
    return { familyId: payload.family, id: payload.jti ?? '' };
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}
