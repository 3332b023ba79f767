// The API page: swagger-ui on our own description; nothing is asked of any other host.
window.SwaggerUIBundle({
  url: '/openapi.yaml',
  dom_id: '#swagger',
  deepLinking: true,
  validatorUrl: null,
  tryItOutEnabled: true,
  docExpansion: 'list',
});
