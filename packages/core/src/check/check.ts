import { parseDockerfile } from '../dockerfile/parse.ts';
import { fromAsCasing, instructionCasing, stageNameCasing } from './casing.ts';
import { copyIgnoredFile, missingSource, unguardedContext } from './files.ts';
import type { CheckContext, Finding, Rule } from './finding.ts';
import {
  exposeInvalidFormat,
  exposeProtoCasing,
  legacyKeyValueFormat,
  maintainerDeprecated,
  multipleInstructions,
  noEmptyContinuation,
  unknownInstruction,
  workdirRelativePath,
} from './instructions.ts';
import { unreachedRead } from './reads.ts';
import { jsonArgsRecommended, noRunInLastStage, numericUser, startCommand } from './runtime.ts';
import { secretsUsedInArgOrEnv } from './secrets.ts';
import {
  duplicateStageName,
  invalidDefinitionDescription,
  noStage,
  reservedStageName,
  unknownStage,
  unpinnedImage,
  unusedStage,
} from './stages.ts';
import { constantPlatform, invalidDefaultArgInFrom, redundantTargetPlatform, undefinedArgInFrom } from './variables.ts';

/** What holds for every Dockerfile. */
const rules: readonly Rule[] = [
  unknownInstruction,
  noStage,
  unknownStage,
  duplicateStageName,
  reservedStageName,
  unpinnedImage,
  undefinedArgInFrom,
  invalidDefaultArgInFrom,
  constantPlatform,
  redundantTargetPlatform,
  numericUser,
  jsonArgsRecommended,
  startCommand,
  multipleInstructions,
  maintainerDeprecated,
  workdirRelativePath,
  legacyKeyValueFormat,
  exposeProtoCasing,
  exposeInvalidFormat,
  noEmptyContinuation,
  instructionCasing,
  stageNameCasing,
  fromAsCasing,
  missingSource,
  copyIgnoredFile,
  unguardedContext,
  secretsUsedInArgOrEnv,
];

/** How we write ours. Elsewhere a stage may wait for `--target`, and the last one may well run something. */
const houseRules: readonly Rule[] = [unreachedRead, unusedStage, invalidDefinitionDescription, noRunInLastStage];

/**
 * Checks a Dockerfile, ours or the user's, without Docker. Findings come in the order of its lines; those that the file
 * waives with `# check=skip=Rule,…` (https://docs.docker.com/build/checks/#skip-checks) are left out.
 */
export function checkDockerfile(text: string, context: CheckContext): readonly Finding[] {
  const dockerfile = parseDockerfile(text);
  const skipped = skippedRules(dockerfile.directives.check);
  return [...rules, ...(context.foreign ? [] : houseRules)]
    .flatMap((rule) => rule(dockerfile, { ...context, text }))
    .filter(({ rule }) => !skipped.has(rule) && !skipped.has('all'))
    .sort((a, b) => a.line - b.line);
}

/** `skip=A,B;error=true` → A and B. */
function skippedRules(directive = ''): ReadonlySet<string> {
  const [, names = ''] = /(?:^|;)\s*skip=([^;]*)/.exec(directive) ?? [];
  return new Set(names.split(',').map((name) => name.trim()));
}
