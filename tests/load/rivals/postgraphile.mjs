// PostGraphile on the product's own tables, as its preset makes them: what a council's team could put up in an afternoon. No sign-in,
// no rules, no tenancy beyond a condition in the query. Prints where it serves.
import { createServer } from "node:http";
import { grafserv } from "postgraphile/grafserv/node";
import { makePgService } from "postgraphile/adaptors/pg";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { postgraphile } from "postgraphile";

const [database] = process.argv.slice(2);
// Of each figure only the reading that counts is asked for: such conditions are made for indexed columns alone unless told otherwise.
const preset = {
  disablePlugins: ["PgIndexBehaviorsPlugin"],
  extends: [PostGraphileAmberPreset],
  pgServices: [makePgService({ connectionString: database, schemas: ["public"], poolConfig: { max: 8 } })],
  grafserv: { port: 0, host: "127.0.0.1", graphqlPath: "/graphql", graphiql: false, websockets: false, watch: false, maxRequestLength: 1_000_000 },
};
const serv = postgraphile(preset).createServ(grafserv);
const server = createServer();
server.on("error", (why) => { console.error(why); process.exit(1); });
await serv.addTo(server);
server.listen(0, "127.0.0.1", () => console.log(`PostGraphile on http://127.0.0.1:${server.address().port}/graphql`));
