import { oracleSchema } from './oracle';
import { type JsonSchema, schemaDifferences, schemaSize } from './schema-differences';

let schema: JsonSchema;
beforeAll(async () => {
  schema = (await oracleSchema()) as JsonSchema;
});

test("every definition and property of eksctl's own schema is in our tables, with its JSON type, and nothing else is", () => {
  expect(schemaDifferences(schema)).toEqual([]);
});

test('the comparison covers the whole schema', () => {
  expect(schemaSize(schema)).toEqual({ definitions: 83, properties: 421 });
});

test('a definition, a property or a type that differs would be found, in either direction', () => {
  const changed = structuredClone(schema) as {
    definitions: Record<string, { properties: Record<string, JsonSchema> }>;
  };
  delete changed.definitions.ZonalShiftConfig;
  delete changed.definitions.ClusterMeta!.properties.region;
  changed.definitions.ClusterVPC!.properties.cidrs = { type: 'string' };
  changed.definitions.NodeGroup!.properties.maxSize = { type: 'string' };
  expect(schemaDifferences(changed as JsonSchema).sort()).toEqual([
    'NodeGroup.maxSize is string to eksctl, and integer here',
    'definition ZonalShiftConfig is unknown to eksctl',
    'property ClusterMeta.region is unknown to eksctl',
    'property ClusterVPC.cidrs is missing here',
  ]);
});
