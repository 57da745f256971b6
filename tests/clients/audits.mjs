// The audits of GraphQL over HTTP that come with `graphql-http`, held against a server.
//
//   node audits.mjs URL          prints [{"id", "name", "passed", "why"}]

import { serverAudits } from 'graphql-http';

const told = [];
for (const audit of serverAudits({ url: process.argv[2], fetchFn: fetch })) {
  const result = await audit.fn();
  const passed = result.status === 'ok';
  told.push({ id: result.id, name: result.name, passed, why: passed ? null : String(result.reason) });
}
console.log(JSON.stringify(told));
