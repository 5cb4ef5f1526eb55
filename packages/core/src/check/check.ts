import { parseDockerfile } from '../dockerfile/parse.ts';
import { copyIgnoredFile, missingSource, secretsUsedInArgOrEnv, unguardedContext } from './files.ts';
import type { CheckContext, Finding, Rule } from './finding.ts';
import { jsonArgsRecommended, noRunInLastStage, numericUser, startCommand } from './runtime.ts';
import {
  duplicateStageName,
  invalidDefinitionDescription,
  unknownStage,
  unpinnedImage,
  unusedStage,
} from './stages.ts';

const rules: readonly Rule[] = [
  unknownStage,
  duplicateStageName,
  unusedStage,
  unpinnedImage,
  invalidDefinitionDescription,
  numericUser,
  noRunInLastStage,
  jsonArgsRecommended,
  startCommand,
  missingSource,
  copyIgnoredFile,
  unguardedContext,
  secretsUsedInArgOrEnv,
];

/** Checks a Dockerfile, ours or the user's, without Docker. Findings come in the order of its lines. */
export function checkDockerfile(text: string, context: CheckContext): readonly Finding[] {
  const dockerfile = parseDockerfile(text);
  return rules.flatMap((rule) => rule(dockerfile, context)).sort((a, b) => a.line - b.line);
}
