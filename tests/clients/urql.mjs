// urql as a frontend has it: `relayPagination` in a normalised cache, uploads as `fetchExchange` sends them, subscriptions over
// graphql-ws.
//
// The journey's first line is {"url", "council", "token", "workbook"}; after that each line is a step, answered by one.

import { createClient as createUrql, fetchExchange, subscriptionExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { PAGE, SUBMIT, WATCH, say, told } from './asked.mjs';

const { url, council, token, workbook } = await told();
const authorization = `Bearer ${token}`;

const socket = createClient({
  url: `${url.replace('http', 'ws')}/graphql/ws`,
  webSocketImpl: WebSocket,
  connectionParams: { Authorization: authorization },
  retryAttempts: 1000,
  // A service that is not there refuses the connection: that passes too.
  shouldRetry: () => true,
  retryWait: () => new Promise((resolve) => setTimeout(resolve, 50)),
});
let opened = 0;
socket.on('connected', () => (opened += 1));

const client = createUrql({
  url: `${url}/graphql`,
  preferGetMethod: false,
  fetchOptions: { headers: { authorization, 'graphql-require-preflight': '1' } },
  exchanges: [
    cacheExchange({ resolvers: { Framework: { indicators: relayPagination() } }, keys: { Framework: () => null, PageInfo: () => null } }),
    fetchExchange,
    subscriptionExchange({
      forwardSubscription: (request) => ({
        subscribe: (sink) => ({ unsubscribe: socket.subscribe({ ...request, query: request.query ?? '' }, sink) }),
      }),
    }),
  ],
});

const given = ({ data, error }) => { if (error) throw error; return data; };

async function pages(first) {
  const codes = [];
  let after = null, asked = 0, totalCount;
  for (;;) {
    const { indicators } = given(await client.query(PAGE, { council, first, after }).toPromise()).council.framework;
    asked += 1;
    totalCount = indicators.totalCount;
    for (const edge of indicators.edges) if (!codes.includes(edge.node.code)) codes.push(edge.node.code);
    if (!indicators.pageInfo.hasNextPage) return { asked, totalCount, codes };
    after = indicators.pageInfo.endCursor;
  }
}

async function upload() {
  const file = new File([Buffer.from(workbook, 'base64')], 'Q1 return.xlsx');
  const { importSubmit } = given(await client.mutation(SUBMIT, { input: { council, file } }).toPromise());
  return { fileName: importSubmit.import.fileName, sha256: importSubmit.import.sha256, userErrors: importSubmit.userErrors };
}

const events = [];
let wake = () => {};
function watch() {
  client.subscription(WATCH, { council }).subscribe(({ data, error }) => {
    events.push(error ? { error: String(error) } : { ...data.councilActivity, __typename: undefined });
    wake();
  });
}

async function event() {
  while (events.length === 0) await new Promise((resolve) => (wake = resolve));
  return { ...events.shift(), opened };
}

for (;;) {
  const step = await told();
  if (step.do === 'pages') say(await pages(step.first));
  else if (step.do === 'upload') say(await upload());
  else if (step.do === 'watch') { watch(); say(await event()); }
  else if (step.do === 'event') say(await event());
  else if (step.do === 'end') { await socket.dispose(); process.exit(0); }
}
