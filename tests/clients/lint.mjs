// `schema.graphql` held against @graphql-eslint's rules of a good schema, those of Relay among them.
//
//   node lint.mjs SCHEMA         prints [{"rule", "line", "message"}]
//
// What is set otherwise than recommended stands here with its reason, and nowhere else.

import plugin from '@graphql-eslint/eslint-plugin';
import { ESLint } from 'eslint';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

// The linter reads what lies below the folder it is run in.
const folder = mkdtempSync(join(process.cwd(), 'lint-'));
copyFileSync(process.argv[2], join(folder, 'schema.graphql'));

const rule = (name, ...options) => ({ [`@graphql-eslint/${name}`]: options.length ? ['error', ...options] : 'off' });
const recommended = plugin.configs['flat/schema-recommended'].rules;
const [, naming] = recommended['@graphql-eslint/naming-convention'];

const rules = {
  ...recommended,
  ...plugin.configs['flat/schema-relay'].rules,
  // Figures, payloads, statuses and the rows of plans have no life of their own: an id would promise that `node` finds them. What has
  // an identity implements `Node`, which asks for its id.
  ...rule('strict-id-in-types'),
  // Pages go forward; the specification asks for one direction, and lists say in their descriptions which end they begin at.
  ...rule('relay-arguments', { includeBoth: false }),
  // Short closed lists (the forums of a council, the periods of a year) need no cursor, and connections have `nodes` beside `edges`.
  // Rows of plans and trails are read in pages and are no nodes.
  ...rule('relay-edge-types', { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false }),
  // What was granted and released is named by the verb, as everywhere; the rule sees the type's name in it.
  ...rule('no-typename-prefix'),
  // EdDSA is the name RFC 8037 gives the algorithm, and what an identity provider's metadata says.
  ...rule('naming-convention', { ...naming, EnumValueDefinition: { style: 'UPPER_CASE', ignorePattern: '^EdDSA$' } }),
  // A directive of the language itself, which the printed schema declares so that older readers know it.
  ...rule('no-unreachable-types'),
};

const eslint = new ESLint({
  cwd: folder,
  overrideConfigFile: true,
  overrideConfig: [{
    files: ['**/*.graphql'],
    plugins: { '@graphql-eslint': plugin },
    languageOptions: { parser: plugin.parser, parserOptions: { graphQLConfig: { schema: join(folder, 'schema.graphql') } } },
    rules,
  }],
});
const [{ messages }] = await eslint.lintFiles([join(folder, 'schema.graphql')]);
rmSync(folder, { recursive: true });
console.log(JSON.stringify(messages.map(({ ruleId, line, message }) => ({ rule: ruleId, line, message }))));
