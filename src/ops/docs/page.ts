// Runs in the browser, on /docs/: shows this server's document in Swagger UI.

/** A request before Swagger UI sends it. */
interface OutgoingRequest {
  headers: { [name: string]: string };
}

declare const SwaggerUIBundle: (options: object) => unknown;

/** Adds the scheme to an `Authorization` header that holds only a token's key. */
function completeToken(request: OutgoingRequest): OutgoingRequest {
  const header = request.headers.Authorization?.trim();
  if (header && !header.includes(' ')) request.headers.Authorization = `Token ${header}`;
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
