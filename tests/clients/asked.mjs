// What each client asks, and how a script talks with the journey that runs it.

import { createInterface } from 'node:readline';

// The councils' own words: pages, a workbook, and what happens.
export const PAGE = `query Page($council: String!, $first: Int!, $after: String) {
  council(code: $council) {
    __typename id code
    framework { __typename indicators(first: $first, after: $after) {
      edges { cursor node { __typename id code } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } } } }`;

export const SUBMIT = `mutation Submit($input: ImportSubmitInput!) {
  importSubmit(input: $input) { import { __typename id fileName sha256 } userErrors { code message } } }`;

export const WATCH = `subscription Watch($council: String!) { councilActivity(council: $council) { kind importEvent fileName } }`;

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

// The next line of the journey's, as JSON. The first says where the service is and who asks.
export async function told() {
  const { value, done } = await lines.next();
  if (done) process.exit(0);
  return JSON.parse(value);
}

export const say = (what) => console.log(JSON.stringify(what));

export function fail(why) {
  say({ failure: String(why?.stack ?? why) });
  process.exit(1);
}

process.on('unhandledRejection', fail);
