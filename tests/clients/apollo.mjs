// Apollo Client as a frontend has it: `relayStylePagination`, uploads by multipart, subscriptions over graphql-ws.
//
// The journey's first line is {"url", "council", "token", "workbook"}; after that each line is a step, answered by one.

import { ApolloClient, ApolloLink, InMemoryCache, gql } from '@apollo/client';
import { createPersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { relayStylePagination } from '@apollo/client/utilities';
import UploadHttpLink from 'apollo-upload-client/UploadHttpLink.mjs';
import { createClient } from 'graphql-ws';
import { createHash } from 'node:crypto';
import WebSocket from 'ws';
import { PAGE, SUBMIT, WATCH, fail, say, told } from './asked.mjs';

const { url, council, token, workbook } = await told();
const authorization = `Bearer ${token}`;

const http = new UploadHttpLink({ uri: `${url}/graphql`, headers: { authorization, 'apollo-require-preflight': '1' } });
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

const client = new ApolloClient({
  link: ApolloLink.split(({ operationType }) => operationType === 'subscription', new GraphQLWsLink(socket), http),
  cache: new InMemoryCache({ typePolicies: { Framework: { merge: true, fields: { indicators: relayStylePagination() } } } }),
});

// Pages until there is none, through the cache that puts them together.
async function pages(first) {
  const options = { query: gql(PAGE), variables: { council, first } };
  const query = client.watchQuery(options);
  query.subscribe({ error: fail });
  let { data } = await client.query(options);
  let asked = 1;
  while (data.council.framework.indicators.pageInfo.hasNextPage) {
    await query.fetchMore({ variables: { after: data.council.framework.indicators.pageInfo.endCursor } });
    data = client.readQuery(options);
    asked += 1;
  }
  const { edges, totalCount } = data.council.framework.indicators;
  return { asked, totalCount, codes: edges.map((edge) => edge.node.code) };
}

// A workbook with a mutation.
async function upload() {
  const file = new File([Buffer.from(workbook, 'base64')], 'Q1 return.xlsx');
  const { data } = await client.mutate({ mutation: gql(SUBMIT), variables: { input: { council, file } } });
  return { fileName: data.importSubmit.import.fileName, sha256: data.importSubmit.import.sha256, userErrors: data.importSubmit.userErrors };
}

// A document by its hash; where hashes are not known, Apollo sends the text.
async function persisted() {
  const hashed = createPersistedQueryLink({ sha256: (text) => createHash('sha256').update(text).digest('hex') });
  const other = new ApolloClient({ link: hashed.concat(http), cache: new InMemoryCache() });
  const { data } = await other.query({ query: gql(PAGE), variables: { council, first: 1 } });
  return { code: data.council.code };
}

const events = [];
let wake = () => {};
function watch() {
  client.subscribe({ query: gql(WATCH), variables: { council } }).subscribe({
    next: ({ data, error }) => {
      events.push(error ? { error: String(error) } : { ...data.councilActivity, __typename: undefined });
      wake();
    },
    error: (error) => { events.push({ error: String(error) }); wake(); },
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
  else if (step.do === 'persisted') say(await persisted());
  else if (step.do === 'watch') { watch(); say(await event()); }
  else if (step.do === 'event') say(await event());
  else if (step.do === 'end') { await socket.dispose(); process.exit(0); }
}
