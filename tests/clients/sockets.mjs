// graphql-ws by itself: what it makes of a socket's answers and ends.
//
//   node sockets.mjs '{"url", "council", "token"}'      prints {"query", "refused", "pong", "forbidden", "closes", ...}

import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { WATCH, fail, say } from './asked.mjs';

const { url, council, token } = JSON.parse(process.argv[2]);
const address = `${url.replace('http', 'ws')}/graphql/ws`;
const open = (options = {}) => createClient({
  url: address,
  webSocketImpl: WebSocket,
  connectionParams: { Authorization: `Bearer ${token}` },
  retryAttempts: 0,
  onNonLazyError: fail,
  ...options,
});

// What one operation comes to: its results and how it ended.
const ask = (client, payload) => new Promise((resolve) => {
  const results = [];
  client.subscribe(payload, {
    next: (result) => results.push(result),
    error: (error) => resolve({ results, error }),
    complete: () => resolve({ results, error: null }),
  });
});

const closing = (error) => ({ code: error?.code ?? null, reason: error?.reason ?? String(error) });

const client = open({ keepAlive: 100, lazy: false });
const pong = new Promise((resolve) => client.on('pong', (received) => resolve(received)));
const query = await ask(client, { query: 'query($code: String!) { council(code: $code) { code } }', variables: { code: council } });
const refused = await ask(client, { query: '{ nothing }' });

// A subscription that its client ends.
const watched = await new Promise((resolve) => {
  const kinds = [];
  const end = client.subscribe({ query: WATCH, variables: { council } }, {
    next: ({ data }) => { kinds.push(data.councilActivity.kind); end(); },
    error: fail,
    complete: () => resolve(kinds),
  });
});
const ponged = await pong;
await client.dispose();

const forbidden = await ask(open({ connectionParams: { Authorization: 'Bearer none' } }), { query: '{ __typename }' });
say({
  query: query.results,
  refused: { results: refused.results, codes: refused.error.map((error) => error.extensions.code) },
  watched,
  ponged,
  forbidden: closing(forbidden.error),
});
process.exit(0);
