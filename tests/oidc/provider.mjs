// The certified identity provider `oidc-provider`, as the journeys want it: keys chosen while it runs, tokens that say
// what a journey needs, up and down. Commands are lines of JSON on standard input, each answered by one on standard
// output. It ends when standard input does.
//
//   node provider.mjs FOLDER     FOLDER holds the node_modules that scripts/oidc installs
//
// The first line out is {"issuer"}. Then:
//   {"do": "keys", "keys": [{"kid", "alg"}]}      publishes exactly these; one that was published before is the same key
//   {"do": "token", "kid", "audience", "claims"}  asks the token endpoint for an access token: {"token"}
//   {"do": "idToken", "kid", "claims"}            has the provider issue an ID token for the client `goldenthread`: {"token"}
//   {"do": "down"}, {"do": "up"}                  hangs up on whoever calls; answers again
//   {"do": "counts"}                              requests answered so far: {"discovery", "jwks"}

import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

// Standard output is for answers.
console.info = console.error;

const { default: Provider } = await import(pathToFileURL(join(resolve(process.argv[2]), 'node_modules/oidc-provider/lib/index.js')));

const KINDS = {
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  PS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ES384: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  EdDSA: () => generateKeyPairSync('ed25519'),
};
const RESOURCE = 'urn:goldenthread';
const CLIENT = { client_id: 'goldenthread', client_secret: 'a secret of the journeys' };

const made = new Map();
const counts = { discovery: 0, jwks: 0 };
let up = true;
let answer = (_, response) => response.writeHead(503).end();
let provider;
let minting;

const server = createServer((request, response) => {
  if (!up) {
    request.socket.destroy();
    return;
  }
  if (request.url === '/.well-known/openid-configuration') counts.discovery += 1;
  if (request.url === '/jwks') counts.jwks += 1;
  answer(request, response);
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const issuer = `http://127.0.0.1:${server.address().port}`;

function key({ kid, alg }) {
  if (!made.has(kid)) {
    const { privateKey } = KINDS[alg]();
    made.set(kid, { ...privateKey.export({ format: 'jwk' }), kid, alg, use: 'sig' });
  }
  return made.get(kid);
}

// A provider keeps the keys it was made with, so other keys are another provider behind the same address.
function publish(keys) {
  provider = new Provider(issuer, {
    jwks: { keys: keys.map(key) },
    clients: [{
      ...CLIENT,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      id_token_signed_response_alg: keys[0].alg,
    }],
    clientDefaults: { id_token_signed_response_alg: keys[0].alg },
    enabledJWA: { idTokenSigningAlgValues: [...new Set(keys.map(({ alg }) => alg))] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], groups: ['groups'] },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: () => ({
          scope: '',
          audience: minting.audience,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: made.get(minting.kid).alg, kid: minting.kid } },
        }),
      },
    },
    formats: { customizers: { jwt: (_, __, token) => { Object.assign(token.payload, minting.claims); } } },
  });
  answer = provider.callback();
}

async function token(command) {
  minting = command;
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ grant_type: 'client_credentials', resource: RESOURCE, ...CLIENT }),
  });
  const body = await response.json();
  if (!body.access_token) throw new Error(JSON.stringify(body));
  return { token: body.access_token };
}

async function idToken({ claims }) {
  const client = await provider.Client.find(CLIENT.client_id);
  const id = new provider.IdToken({ ...claims }, { client, ctx: undefined });
  id.scope = 'openid email groups';
  for (const [name, value] of Object.entries(claims)) id.set(name, value);
  return { token: await id.issue({ use: 'idtoken' }) };
}

const verbs = {
  keys: ({ keys }) => publish(keys),
  token,
  idToken,
  down: () => { up = false; server.closeAllConnections(); },
  up: () => { up = true; },
  counts: () => counts,
};

const say = (what) => process.stdout.write(`${JSON.stringify(what ?? {})}\n`);
say({ issuer });
for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  try {
    say(await verbs[command.do](command));
  } catch (why) {
    say({ failure: String(why?.stack ?? why) });
  }
}
process.exit(0);
