import { assignedNames } from '../dockerfile/words.ts';
import type { Rule } from './finding.ts';

const secretName = /(?:_|^)(apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)/i;
const harmless = /(?:_|^)(public|file|version)(?:_|$)/i;

/** Values of ARG and ENV stay in the image's history (the names are those of BuildKit's check). */
export const secretsUsedInArgOrEnv: Rule = (dockerfile) =>
  [...dockerfile.preamble, ...dockerfile.stages.flatMap((stage) => stage.instructions)]
    .filter((instruction) => ['ARG', 'ENV'].includes(instruction.keyword))
    .flatMap((instruction) =>
      assignedNames(instruction)
        .filter((name) => secretName.test(name) && !harmless.test(name))
        .map((name) => ({
          rule: 'SecretsUsedInArgOrEnv',
          line: instruction.line,
          message: `${instruction.keyword} ${name} would stay in the image's history`,
          hint: 'Use RUN --mount=type=secret, or set it when the container runs.',
        })),
    );
