import { familyChoices, optionSchemas } from '../../packages/core/dist/index.js';

/**
 * The schema.json of an ecosystem's Nx generator. Nx asks before the generator can look at the project, so only the
 * options with a fixed list of values keep their question, and have no default: what fits the project is taken unasked.
 * The rest is found, or named in an error.
 */
export function nxSchema(manifest) {
  const options = Object.entries(optionSchemas(manifest)).map(([name, schema]) => {
    const { 'x-prompt': message, ...rest } = schema;
    if (!schema.enum || message === undefined) return [name, rest];
    const about = Object.fromEntries(
      familyChoices(manifest.runtimes).map((choice) => [choice.value, ` (${choice.about})`]),
    );
    const items = schema.enum.map((value) => ({ value, label: `${value}${about[value] ?? ''}` }));
    return [name, { ...rest, 'x-prompt': { message, type: 'list', items } }];
  });
  const schema = {
    $schema: 'https://json-schema.org/schema',
    $id: `msb-${manifest.id}-dockerfile`,
    title: `A Dockerfile for a ${manifest.title} project`,
    description: `Writes a multi-stage Dockerfile and a .dockerignore for a ${manifest.title} project.`,
    type: 'object',
    properties: {
      project: {
        type: 'string',
        description: 'Name or folder of the project',
        $default: { $source: 'argv', index: 0 },
        'x-dropdown': 'projects',
      },
      ...Object.fromEntries(options),
      onConflict: {
        type: 'string',
        description: 'What to do with files that msb did not write, or that you edited',
        enum: ['error', 'keep', 'overwrite'],
        default: 'error',
      },
      target: {
        type: 'string',
        description: 'Name of the target that builds the image; empty for none',
        default: 'docker-build',
      },
      verifyTarget: {
        type: 'string',
        description: 'Name of the target that proves the image; empty for none',
        default: 'docker-verify',
      },
    },
    additionalProperties: false,
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
