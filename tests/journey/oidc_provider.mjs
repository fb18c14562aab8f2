// An OpenID Connect provider for the journey tests: the certified `oidc-provider`, on a free port of this machine.
//
// node oidc_provider.mjs MODULE APP_ORIGIN TOKEN_KEY
//
// MODULE is the installed module, APP_ORIGIN the only client's origin, and TOKEN_KEY the HS256 key of the sandbox's tokens.
// Prints the issuer, then each answered request as `POST /token 200`. Ends when its input is closed.
import { createSecretKey, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

const [module, app, tokenKey] = process.argv.slice(2);
const { default: Provider } = await import(pathToFileURL(module));

// The owner of the sandbox's workspaces.
const olivia = { sub: 'auth0|65f0c1a2b3c4d5e6f7a8b9c0', name: 'Olivia Owner', email: 'olivia@acme.com' };
const scope = 'openid profile email offline_access';

const server = createServer().listen(0, '127.0.0.1');
await new Promise(listening => server.once('listening', listening));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'billing',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      redirect_uris: [`${app}/callback`],
      post_logout_redirect_uris: [`${app}/`],
    },
  ],
  cookies: { keys: [randomBytes(32).toString('hex')] },
  ttl: Object.fromEntries(
    ['AccessToken', 'Grant', 'IdToken', 'Interaction', 'RefreshToken', 'Session'].map(model => [model, 3600]),
  ),
  claims: { openid: ['sub'], profile: ['name'], email: ['email'] },
  // As at Auth0: the ID token has the user's name.
  conformIdTokenClaims: false,
  findAccount: () => ({ accountId: olivia.sub, claims: () => olivia }),
  clientBasedCORS: (_, origin) => origin === app,
  // As at Auth0: `offline_access` gives a refresh token without `prompt=consent`.
  issueRefreshToken: async (_, client) => client.grantTypeAllowed('refresh_token'),
  extraParams: ['audience'],
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: { enabled: true },
    // As at Auth0: the `audience` of the request makes the access token a JWT for that API.
    resourceIndicators: {
      enabled: true,
      defaultResource: ({ oidc }) => oidc.params.audience,
      useGrantedResource: () => true,
      getResourceServerInfo: (_, audience) => ({
        audience,
        scope: '',
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'HS256', key: createSecretKey(tokenKey, 'utf8') } },
      }),
    },
  },
  interactions: { url: (_, { uid }) => `/sign-in/${uid}` },
  // Olivia consents to everything.
  async loadExistingGrant({ oidc }) {
    const grant = new provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope(scope);
    await grant.save();
    return grant;
  },
});

provider.use(async (context, next) => {
  await next();
  console.log(context.method, context.path, context.status);
});
provider.use(async (context, next) => {
  if (!context.path.startsWith('/sign-in/')) return next();
  if (context.method === 'POST') {
    return provider.interactionFinished(context.req, context.res, { login: { accountId: olivia.sub } });
  }
  context.type = 'html';
  context.body = `<!DOCTYPE html><title>Sign in</title><form method="post"><button>Sign in as ${olivia.name}</button></form>`;
});

server.on('request', provider.callback());
process.stdin.on('end', () => process.exit()).resume();
console.log(issuer);
