// Runs in the browser, on /docs/: Swagger UI on this server's document.

/** A request as Swagger UI is about to send it. */
interface OutgoingRequest {
  headers: { [name: string]: string };
}

declare const SwaggerUIBundle: (options: object) => unknown;

/** Whoever pastes the key of a token alone means `Token KEY`. */
function completeToken(request: OutgoingRequest): OutgoingRequest {
  const given = request.headers.Authorization?.trim();
  if (given && !given.includes(' ')) request.headers.Authorization = `Token ${given}`;
  return request;
}

SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  displayRequestDuration: true,
  filter: true,
  tryItOutEnabled: true,
  validatorUrl: null,
  requestInterceptor: completeToken,
});
