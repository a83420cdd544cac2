/** The event that asks for the dialog of sign-in.tsx. */
export const SIGN_IN_EVENT = 'marquee:sign-in';

/** The event's detail: told whether the visitor has signed in again. */
export type SignInRequest = CustomEvent<(signedIn: boolean) => void>;

let pending: Promise<boolean> | null = null;

/** Asks the visitor to sign in again, once for all requests that wait for it. Gives whether they did. */
export function signInAgain(): Promise<boolean> {
  pending ??= new Promise<boolean>((resolve) => {
    dispatchEvent(new CustomEvent(SIGN_IN_EVENT, { detail: resolve }) satisfies SignInRequest);
  }).finally(() => {
    pending = null;
  });
  return pending;
}
